#pragma once

#include "common/market/masters/byte_source.h"

namespace sauda::masters {

// The objects of one large JSON array, one at a time: cuts them apart by braces and strings alone
// and holds no more than one. What is inside an object is the reader's to judge.
class JsonRows {
 public:
    // padding: bytes that may be read behind an object.
    JsonRows(Bytes bytes, std::string name, std::size_t padding);

    // False at the end of the array. `row` is one object with its braces, valid until the next
    // call. Corrupt: cut short, or no array of small objects.
    base::Expected<bool> next(std::string_view& row);
    [[nodiscard]] int64_t row_number() const { return number_; }  // of the last row, from 1

 private:
    // The next byte that is not blank; 0 at the end of the file.
    base::Expected<char> next_sign();
    base::Expected<bool> refill();  // false at the end
    base::Expected<bool> take_object();
    // Takes bytes up to the object's closing brace; true when it is there.
    bool scan();
    [[nodiscard]] std::unexpected<base::Error> corrupt(const std::string& what) const;

    Bytes bytes_;
    std::string name_;
    std::size_t padding_;
    std::string_view piece_;
    std::string object_;
    int64_t number_ = 0;
    int depth_ = 0;
    bool is_in_string_ = false;
    bool is_escaped_ = false;
    bool is_begun_ = false;
    bool is_over_ = false;
};

}  // namespace sauda::masters
