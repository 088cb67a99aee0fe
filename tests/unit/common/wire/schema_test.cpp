#include "common/wire/codec.h"
#include "common/wire/proto_reader.h"
#include "common/wire/reasons.h"
#include "tests/unit/common/wire/filler.h"

#include <catch2/catch.hpp>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <set>

using namespace sauda;
namespace pb = google::protobuf;

namespace {

using Type = pb::FieldDescriptor::Type;

const pb::Descriptor* descriptor_of(uint16_t schema) {
    return pb::DescriptorPool::generated_pool()->FindMessageTypeByName(
        std::string(wire::message_name(schema)));
}

template <class E>
void compare_enum(const pb::EnumDescriptor& proto) {
    INFO(proto.full_name());
    CHECK(proto.value(0)->number() == 0);
    CHECK(proto.value(0)->name().ends_with("_UNSPECIFIED"));
    std::set<int> numbers;
    for (int i = 0; i < proto.value_count(); ++i) {
        numbers.insert(proto.value(i)->number());
    }
    for (int n = 0; n < 300; ++n) {
        INFO(n);
        CHECK(numbers.contains(n) == wire::is_enum_number<E>(static_cast<uint64_t>(n)));
    }
}

// Compares the fields of T, by its one list, with the message in the .proto files.
class Comparer {
 public:
    explicit Comparer(const pb::Descriptor& message) : message_(message) {}
    int compared() const { return compared_; }

    template <class Owner>
    struct View {
        Comparer& self;
        template <class... Ts>
        void fields(std::string_view names, Ts&... values) {
            self.compare_all<Owner>(names, std::index_sequence_for<Ts...>{}, values...);
        }
    };
    template <class T>
    void compare(T& value) {
        View<T> view{*this};
        value.visit_fields(view);
    }

 private:
    template <class Owner, std::size_t... I, class... Ts>
    void compare_all(std::string_view names, std::index_sequence<I...> /*indices*/, Ts&... values) {
        (compare_field<Owner, I>(std::string(wire::name_at(names, I)), values), ...);
        const int own = static_cast<int>(sizeof...(Ts));
        CHECK(message_.field_count() == own + (wire::kIsPayload<Owner> ? 1 : 0));
        if (wire::kIsPayload<Owner>) {
            CHECK(message_.FindFieldByNumber(1)->name() == "meta");
            CHECK(message_.FindFieldByNumber(1)->message_type()->full_name() == "sauda.v1.Meta");
        }
    }

    template <class Owner, std::size_t I, class V>
    void compare_field(const std::string& name, V& value) {
        INFO(message_.full_name() << "." << name);
        const auto* field =
            message_.FindFieldByNumber(static_cast<int>(I + wire::kFirstField<Owner>));
        REQUIRE(field != nullptr);
        CHECK(field->name() == name);
        CHECK(field->is_repeated() == wire::kIsVector<V>);
        if constexpr (wire::kIsVector<V> || wire::kIsOptional<V>) {
            typename V::value_type element{};
            compare_message(*field, element);
        } else if constexpr (wire::kKind<Owner, I, V> == wire::FieldKind::Message) {
            compare_message(*field, value);
        } else {
            CHECK(types_of<V>(wire::kKind<Owner, I, V>).contains(field->type()));
            if constexpr (std::is_enum_v<V>) {
                if (field->type() == Type::TYPE_ENUM) {
                    compare_enum<V>(*field->enum_type());
                }
            }
        }
        ++compared_;
    }

    template <class M>
    void compare_message(const pb::FieldDescriptor& field, M& value) {
        REQUIRE(field.type() == Type::TYPE_MESSAGE);
        Comparer inner(*field.message_type());
        inner.compare(value);
        compared_ += inner.compared();
    }

    template <class V>
    static std::set<Type> types_of(wire::FieldKind kind) {
        switch (kind) {
            case wire::FieldKind::Varint:
                if (std::is_same_v<V, bool>) {
                    return {Type::TYPE_BOOL};
                }
                if (std::is_enum_v<V> && !std::is_same_v<V, domain::StreamId>) {
                    return {Type::TYPE_ENUM};
                }
                // Small numbers may stand for an enum of another header.
                return sizeof(V) == 8   ? std::set{Type::TYPE_UINT64}
                       : sizeof(V) == 1 ? std::set{Type::TYPE_UINT32, Type::TYPE_ENUM}
                                        : std::set{Type::TYPE_UINT32};
            case wire::FieldKind::ZigZag:
                return {sizeof(V) == 4 ? Type::TYPE_SINT32 : Type::TYPE_SINT64};
            case wire::FieldKind::Fixed64:
                return {std::is_same_v<V, base::Timestamp> ? Type::TYPE_SFIXED64
                                                           : Type::TYPE_FIXED64};
            case wire::FieldKind::Text:
                return {Type::TYPE_STRING};
            case wire::FieldKind::Message:
            case wire::FieldKind::Optional:
            case wire::FieldKind::Repeated:
                break;
        }
        return {};
    }

    const pb::Descriptor& message_;
    int compared_ = 0;
};

}  // namespace

TEST_CASE("schema: every field of every message has its number, name and type in the .proto files",
          "[unit][wire]") {
    for_each_payload([](auto payload) {
        const auto schema = wire::schema_of(payload);
        const auto* descriptor = descriptor_of(schema);
        REQUIRE(descriptor != nullptr);
        Comparer comparer(*descriptor);
        comparer.compare(payload);
        CHECK(comparer.compared() > 0);
    });
    domain::Meta meta;
    Comparer comparer(
        *pb::DescriptorPool::generated_pool()->FindMessageTypeByName("sauda.v1.Meta"));
    comparer.compare(meta);
    CHECK(comparer.compared() == 8);
}

TEST_CASE("schema: message names follow the variant, and other numbers have none", "[unit][wire]") {
    CHECK(wire::message_name(1) == "sauda.v1.QuoteBatch");
    CHECK(wire::message_name(wire::schema_of(domain::Decision{})) == "sauda.v1.Decision");
    CHECK(wire::message_name(wire::kSchemaMax) == "sauda.v1.ExecutorEvent");
    CHECK(wire::message_name(0).empty());
    CHECK(wire::message_name(wire::kSchemaMax + 1).empty());
    CHECK(wire::message_name(0xE001).empty());
}

TEST_CASE("schema: no file uses maps, floats or doubles, and every enum begins unspecified",
          "[unit][wire]") {
    std::set<const pb::FileDescriptor*> files{
        pb::DescriptorPool::generated_pool()->FindFileByName("sauda/v1/control.proto")};
    for (uint16_t schema = 1; schema <= wire::kSchemaMax; ++schema) {
        files.insert(descriptor_of(schema)->file());
    }
    files.erase(nullptr);
    CHECK(files.size() >= 10);
    for (const auto* file : files) {
        CHECK(file->package() == "sauda.v1");
        for (int e = 0; e < file->enum_type_count(); ++e) {
            CHECK(file->enum_type(e)->value(0)->name().ends_with("_UNSPECIFIED"));
        }
        for (int m = 0; m < file->message_type_count(); ++m) {
            for (int f = 0; f < file->message_type(m)->field_count(); ++f) {
                const auto* field = file->message_type(m)->field(f);
                INFO(field->full_name());
                CHECK_FALSE(field->is_map());
                CHECK(field->type() != Type::TYPE_FLOAT);
                CHECK(field->type() != Type::TYPE_DOUBLE);
            }
        }
    }
}

TEST_CASE("schema: reason codes are spelled alike in the .proto files and in the table",
          "[unit][wire]") {
    const auto* codes =
        pb::DescriptorPool::generated_pool()->FindEnumTypeByName("sauda.v1.ReasonCode");
    REQUIRE(codes != nullptr);
    for (int i = 1; i < codes->value_count(); ++i) {
        const auto code = static_cast<domain::ReasonCode>(codes->value(i)->number());
        CHECK(codes->value(i)->name() == "REASON_CODE_" + std::string(wire::code_text(code)));
    }
}

TEST_CASE("schema: a descriptor set holds each file once, after what it imports, and is enough",
          "[unit][wire]") {
    for (uint16_t schema = 1; schema <= wire::kSchemaMax; ++schema) {
        pb::FileDescriptorSet set;
        REQUIRE(set.ParseFromString(wire::file_descriptor_set(schema)));
        std::set<std::string> seen;
        pb::DescriptorPool pool;  // knows nothing but what the set says
        for (const auto& file : set.file()) {
            INFO(file.name());
            CHECK(seen.insert(file.name()).second);
            for (const auto& import : file.dependency()) {
                CHECK(seen.contains(import));
            }
            CHECK(pool.BuildFile(file) != nullptr);
        }
        CHECK(pool.FindMessageTypeByName(std::string(wire::message_name(schema))) != nullptr);
    }
    CHECK(wire::file_descriptor_set(0).empty());
    CHECK(wire::file_descriptor_set(wire::kSchemaMax + 1).empty());
}
