#include "services/cli/shell/stream_check.h"

#include "common/bus/frame.h"
#include "common/service/wiring.h"
#include "services/feed/shell/driver.h"

#include <algorithm>
#include <filesystem>

namespace sauda::cli {

namespace {

using domain::Service;
using domain::StreamId;

constexpr uint32_t kRowsAtOnce = 4'096;
constexpr uint64_t kBytesAtOnce = 8U << 20U;

std::string messages(uint64_t n) { return std::to_string(n) + (n == 1 ? " message" : " messages"); }

// Last sequence of each stream a service owns, its journal included.
std::map<StreamId, uint64_t> ends_of(Service service, store::SqliteStore& store) {
    std::map<StreamId, uint64_t> ends;
    for (const auto& [stream, rows] : store.outbox_ends()) {
        ends[static_cast<StreamId>(stream)] = rows.second.seq;
    }
    if (service == Service::Feed) {
        for (const auto& file : feed::played_files(store)) {
            for (const auto& [stream, count] : file.count) {
                const auto base = file.base.find(stream);
                ends[stream] = (base == file.base.end() ? 0 : base->second) + count;
            }
        }
    }
    return ends;
}

// Empty, or what is wrong with one cursor on the stream of `owner`.
std::string trouble(Service consumer, const store::CursorRow& cursor, Service owner,
                    store::SqliteStore& store, const std::map<StreamId, uint64_t>& ends) {
    const auto stream = static_cast<StreamId>(cursor.stream);
    const auto end = ends.find(stream);
    const uint64_t last = end == ends.end() ? 0 : end->second;
    const auto who = std::string(to_text(consumer)) + " has seen ";
    if (cursor.seq > last) {
        return who + messages(cursor.seq) + " of " + domain::topic_of(stream) +
               ", the database of " + std::string(to_text(owner)) + " holds " +
               std::to_string(last);
    }
    if (domain::class_of(stream) != domain::StreamClass::Durable) {
        return "";
    }
    const auto hash = store.chain_hash(cursor.stream, cursor.seq);
    if (hash && *hash != cursor.chain_hash) {
        return who + "another history of " + domain::topic_of(stream) + " (up to message " +
               std::to_string(cursor.seq) + ") than the database of " +
               std::string(to_text(owner)) + " holds";
    }
    return "";
}

base::Expected<void> check_chain(store::SqliteStore& store, uint16_t stream, uint64_t first,
                                 Service service) {
    uint64_t next = first;
    uint64_t chain = 0;
    while (true) {
        const auto rows = store.outbox(stream, next, kRowsAtOnce, kBytesAtOnce);
        if (rows.empty()) {
            return {};
        }
        for (const auto& row : rows) {
            // What stood before the first is gone; its own hash is taken as it is.
            const bool is_anchor = row.seq == first && first > 1;
            chain = is_anchor ? row.chain_hash
                              : bus::next_chain_hash(chain, row.seq, row.schema, row.payload);
            if (row.seq != next || chain != row.chain_hash) {
                return base::fail(base::ErrorKind::Corrupt,
                                  "message " + std::to_string(next) + " of " +
                                      domain::topic_of(static_cast<StreamId>(stream)) +
                                      " in the database of " + std::string(to_text(service)) +
                                      " is not as it was written");
            }
            ++next;
        }
    }
}

}  // namespace

std::string database_path(const std::string& directory, Service service) {
    const std::string name(to_text(service));
    return (std::filesystem::path(directory) / name / (name + ".db")).string();
}

base::Expected<Stores> open_stores(const std::string& directory) {
    Stores stores;
    for (const auto service : service::kServices) {
        const auto path = database_path(directory, service);
        std::error_code error;
        if (!std::filesystem::exists(path, error)) {
            continue;
        }
        auto store = store::SqliteStore::open_read_only(path);
        if (!store) {
            return std::unexpected(store.error());
        }
        stores[service] = std::move(*store);
    }
    return stores;
}

std::vector<std::string> divergences(const Stores& stores) {
    std::map<Service, std::map<StreamId, uint64_t>> ends;
    for (const auto& [service, store] : stores) {
        ends[service] = ends_of(service, *store);
    }
    std::vector<std::string> found;
    for (const auto& [consumer, store] : stores) {
        for (const auto& cursor : store->cursors()) {
            const auto owner = domain::owner_of(static_cast<StreamId>(cursor.stream));
            const auto it = stores.find(owner);
            if (cursor.seq == 0) {
                continue;
            }
            if (it == stores.end()) {
                found.push_back(std::string(to_text(consumer)) + " has seen " +
                                messages(cursor.seq) + " of " +
                                domain::topic_of(static_cast<StreamId>(cursor.stream)) +
                                ", and there is no database of " + std::string(to_text(owner)));
            } else if (auto text = trouble(consumer, cursor, owner, *it->second, ends[owner]);
                       !text.empty()) {
                found.push_back(std::move(text));
            }
        }
    }
    return found;
}

std::vector<std::string> lost_between(const Stores& newer, const Stores& older) {
    std::vector<std::string> lost;
    for (const auto& [service, store] : newer) {
        const auto it = older.find(service);
        const auto theirs =
            it == older.end() ? std::map<StreamId, uint64_t>() : ends_of(service, *it->second);
        for (const auto& [stream, last] : ends_of(service, *store)) {
            const auto end = theirs.find(stream);
            const uint64_t kept = end == theirs.end() ? 0 : end->second;
            if (last > kept) {
                lost.push_back(messages(last - kept) + " of " + domain::topic_of(stream));
                continue;
            }
            if (it == older.end()) {
                continue;
            }
            const auto number = static_cast<uint16_t>(stream);
            const auto here = store->chain_hash(number, last);
            const auto there = it->second->chain_hash(number, last);
            if (here && there && *here != *there) {
                lost.push_back("another history of " + domain::topic_of(stream));
            }
        }
    }
    return lost;
}

base::Expected<void> check_chains(const Stores& stores) {
    for (const auto& [service, store] : stores) {
        for (const auto& [stream, rows] : store->outbox_ends()) {
            if (auto checked = check_chain(*store, stream, rows.first.seq, service); !checked) {
                return checked;
            }
        }
    }
    return {};
}

}  // namespace sauda::cli
