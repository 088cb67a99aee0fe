#include "common/wire/codec.h"

#include "sauda/v1/account.pb.h"
#include "sauda/v1/alert.pb.h"
#include "sauda/v1/bot.pb.h"
#include "sauda/v1/decision.pb.h"
#include "sauda/v1/intent.pb.h"
#include "sauda/v1/ledger.pb.h"
#include "sauda/v1/market.pb.h"
#include "sauda/v1/operator.pb.h"
#include "sauda/v1/order.pb.h"
#include "sauda/v1/session.pb.h"
#include "sauda/v1/signal.pb.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <array>
#include <set>

namespace sauda::wire {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;

struct Schema {
    std::string_view name;
    const Descriptor* (*descriptor)();
};

#define SAUDA_WIRE_SCHEMA(Name) {"sauda.v1." #Name, &v1::Name::descriptor}
// In the order of domain::Payload.
constexpr std::array<Schema, 20> kSchemas{
    {SAUDA_WIRE_SCHEMA(QuoteBatch),      SAUDA_WIRE_SCHEMA(BarBatch),
     SAUDA_WIRE_SCHEMA(InstrumentBatch), SAUDA_WIRE_SCHEMA(SessionEvent),
     SAUDA_WIRE_SCHEMA(SourceInfo),      SAUDA_WIRE_SCHEMA(Signal),
     SAUDA_WIRE_SCHEMA(Intent),          SAUDA_WIRE_SCHEMA(BotEvent),
     SAUDA_WIRE_SCHEMA(Decision),        SAUDA_WIRE_SCHEMA(TradingStateEvent),
     SAUDA_WIRE_SCHEMA(AccountEvent),    SAUDA_WIRE_SCHEMA(PositionEvent),
     SAUDA_WIRE_SCHEMA(OrderEvent),      SAUDA_WIRE_SCHEMA(GroupEvent),
     SAUDA_WIRE_SCHEMA(LedgerEntry),     SAUDA_WIRE_SCHEMA(Alert),
     SAUDA_WIRE_SCHEMA(Delivery),        SAUDA_WIRE_SCHEMA(OperatorCommand),
     SAUDA_WIRE_SCHEMA(HealthChange),    SAUDA_WIRE_SCHEMA(ExecutorEvent)}};
#undef SAUDA_WIRE_SCHEMA
static_assert(kSchemas.size() == kSchemaMax);

void add_with_imports(const FileDescriptor& file, std::set<const FileDescriptor*>& added,
                      google::protobuf::FileDescriptorSet& set) {
    if (!added.insert(&file).second) {
        return;
    }
    for (int i = 0; i < file.dependency_count(); ++i) {
        add_with_imports(*file.dependency(i), added, set);
    }
    file.CopyTo(set.add_file());
}

}  // namespace

std::string_view message_name(uint16_t schema) {
    return schema == 0 || schema > kSchemas.size() ? "" : kSchemas[schema - 1U].name;
}

std::string file_descriptor_set(uint16_t schema) {
    if (schema == 0 || schema > kSchemas.size()) {
        return "";
    }
    google::protobuf::FileDescriptorSet set;
    std::set<const FileDescriptor*> added;  // only looked up, never walked
    add_with_imports(*kSchemas[schema - 1U].descriptor()->file(), added, set);
    return set.SerializeAsString();
}

}  // namespace sauda::wire
