#include "common/market/masters/json_rows.h"

namespace sauda::masters {

using base::ErrorKind;
using base::Expected;

namespace {

constexpr std::size_t kObjectMax = 16U << 10U;

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string shown(char sign) {
    return sign >= ' ' && sign <= '~' ? std::string("'") + sign + "'" : "a byte that is no text";
}

}  // namespace

JsonRows::JsonRows(Bytes bytes, std::string name, std::size_t padding)
    : bytes_(std::move(bytes)), name_(std::move(name)), padding_(padding) {}

std::unexpected<base::Error> JsonRows::corrupt(const std::string& what) const {
    return base::fail(ErrorKind::Corrupt, name_ + ": " + what);
}

Expected<bool> JsonRows::refill() {
    if (piece_.empty()) {
        const auto piece = bytes_->next();
        if (!piece) {
            return std::unexpected(piece.error());
        }
        piece_ = *piece;
    }
    return !piece_.empty();
}

Expected<char> JsonRows::next_sign() {
    while (true) {
        const auto more = refill();
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            return '\0';
        }
        while (!piece_.empty()) {
            const char sign = piece_.front();
            piece_.remove_prefix(1);
            if (!is_blank(sign)) {
                return sign;
            }
        }
    }
}

bool JsonRows::scan() {
    for (std::size_t i = 0; i < piece_.size(); ++i) {
        const char c = piece_[i];
        if (is_in_string_) {
            if (is_escaped_) {
                is_escaped_ = false;
            } else if (c == '\\') {
                is_escaped_ = true;
            } else if (c == '"') {
                is_in_string_ = false;
            }
        } else if (c == '"') {
            is_in_string_ = true;
        } else if (c == '{') {
            ++depth_;
        } else if (c == '}' && --depth_ == 0) {
            object_ += piece_.substr(0, i + 1);
            piece_.remove_prefix(i + 1);
            return true;
        }
        if (object_.size() + i > kObjectMax) {
            return false;
        }
    }
    object_ += piece_;
    piece_ = {};
    return false;
}

Expected<bool> JsonRows::take_object() {
    ++number_;
    object_ = "{";
    depth_ = 1;
    is_in_string_ = false;
    is_escaped_ = false;
    while (true) {
        const auto more = refill();
        if (!more) {
            return more;
        }
        if (!*more) {
            return corrupt("it is cut short: it ends within row " + std::to_string(number_) +
                           "; expected rows {...} up to a closing ]. Get it again");
        }
        if (scan()) {
            return true;
        }
        if (!piece_.empty()) {
            return corrupt("row " + std::to_string(number_) +
                           " does not end within 16 KB; the file is damaged there. Get it again");
        }
    }
}

Expected<bool> JsonRows::next(std::string_view& row) {
    if (is_over_) {
        return false;
    }
    auto sign = next_sign();
    if (sign && !is_begun_) {
        if (*sign != '[') {
            return corrupt("expected a JSON array of instruments, [{...},...]; it begins with " +
                           (*sign == '\0' ? std::string("nothing") : shown(*sign)));
        }
        is_begun_ = true;
        sign = next_sign();
    } else if (sign && *sign == ',') {
        sign = next_sign();
    } else if (sign && *sign == '{') {
        return corrupt("no comma behind row " + std::to_string(number_) + "; the file is damaged");
    }
    if (!sign) {
        return std::unexpected(sign.error());
    }
    if (*sign == ']') {
        is_over_ = true;
        return false;
    }
    if (*sign != '{') {
        return *sign == '\0'
                   ? corrupt("it is cut short: it ends behind row " + std::to_string(number_) +
                             "; expected a closing ]. Get it again")
                   : corrupt("behind row " + std::to_string(number_) + " stands " + shown(*sign) +
                             "; expected the next row {...} or the closing ]");
    }
    if (const auto taken = take_object(); !taken) {
        return taken;
    }
    const auto size = object_.size();
    object_.append(padding_, ' ');
    row = std::string_view(object_).substr(0, size);
    return true;
}

}  // namespace sauda::masters
