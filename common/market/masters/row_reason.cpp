#include "common/market/masters/row_reason.h"

namespace sauda::masters {

std::string_view to_text(RowReason reason) {
    switch (reason) {
        case RowReason::CashMarket:
            return "cash market";
        case RowReason::OtherSegment:
            return "another segment";
        case RowReason::TestRow:
            return "test instrument";
        case RowReason::PhysicalDelivery:
            return "stock derivative, settled by delivery";
        case RowReason::UnknownIndex:
            return "index not numbered here";
        case RowReason::NotNumbered:
            return "underlying not numbered here";
        case RowReason::Expired:
            return "expired before the master's date";
        case RowReason::Repeated:
            return "repeated row";
        case RowReason::Unreadable:
            return "unreadable row";
        case RowReason::MissingField:
            return "field missing";
        case RowReason::BadKind:
            return "neither future, call nor put";
        case RowReason::BadExpiry:
            return "bad expiry";
        case RowReason::BadStrike:
            return "bad strike";
        case RowReason::BadLot:
            return "bad lot";
        case RowReason::BadTick:
            return "bad tick";
        case RowReason::BadFreeze:
            return "bad freeze quantity";
        case RowReason::BadToken:
            return "bad token";
        case RowReason::BadSymbol:
            return "bad symbol";
        case RowReason::TwoLots:
            return "one contract with two lots";
        case RowReason::TwoTokens:
            return "one contract with two tokens";
        case RowReason::SharedToken:
            return "one token for two contracts";
    }
    return "";
}

std::string_view explanation(RowReason reason) {
    switch (reason) {
        case RowReason::PhysicalDelivery:
            return "Stock options and futures end in the delivery of shares; Sauda does not trade "
                   "them.";
        case RowReason::UnknownIndex:
            return "The exchange lists derivatives of an index this program does not know. Nothing "
                   "of it is traded until it is added to underlyings.csv and to the program.";
        case RowReason::TwoLots:
        case RowReason::TwoTokens:
        case RowReason::SharedToken:
            return "Nobody can tell which row is right, so the contract is left out. Load the file "
                   "again; if it stays, ask the broker.";
        case RowReason::Unreadable:
        case RowReason::MissingField:
        case RowReason::BadKind:
        case RowReason::BadExpiry:
        case RowReason::BadStrike:
        case RowReason::BadLot:
        case RowReason::BadTick:
        case RowReason::BadFreeze:
        case RowReason::BadToken:
        case RowReason::BadSymbol:
            return "The row is left out; nothing of it is guessed.";
        case RowReason::CashMarket:
        case RowReason::OtherSegment:
        case RowReason::TestRow:
        case RowReason::NotNumbered:
        case RowReason::Expired:
        case RowReason::Repeated:
            break;
    }
    return "";
}

}  // namespace sauda::masters
