// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"
#include "core/model/error.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace halfopen {

/// The SQLite file of records: one row each, its body the JSON of core/format/ended_connection_json.h. One thread.
class Database {
public:
    /// Opens the file, or makes it (0600) and its directory (0700).
    /// @return Unreadable where it is damaged or no database: it can be set aside. NotSupported where a later version
    /// of Halfopen has written it. NotPermitted and SomeFailed: it cannot be opened or made; the sentence names the
    /// file.
    /// @param boot  of which the cookies are that will be appended: a cookie is unique in one boot
    static Result<Database> open(const std::filesystem::path& file, std::string boot = bootId());
    /// /proc/sys/kernel/random/boot_id; "" where it cannot be read.
    static std::string bootId();

    /// The newest `limit` records, oldest first. Rows that make no sense are left out.
    /// @return Unreadable as open()
    Result<std::vector<EndedConnection>> load(std::size_t limit);

    /// Appends what is not there yet (boot, network namespace and cookie tell: two windows see the same end), and drops
    /// what is beyond the newest `limit` or ended not after `oldest`: all of it or nothing.
    /// @return Unreadable as open(); SomeFailed: a full disk, a lock that is held too long
    Result<void> append(const std::vector<EndedConnectionPtr>& records, std::size_t limit, WallTime oldest);

    /// Forgets all of it: what was in the file cannot be read from it any more.
    /// @return as append()
    Result<void> clear();

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

    Database(sqlite3* database, std::filesystem::path file, std::string boot)
        : m_database(database)
        , m_file(std::move(file))
        , m_boot(std::move(boot)) {}
    Result<void> prepareSchema();
    Result<void> check();
    Result<void> run(const char* sql);
    Result<Statement> prepare(const char* sql);
    Result<void> insert(const std::vector<EndedConnectionPtr>& records);
    Result<bool> claim(sqlite3_stmt* statement, const EndedConnection& record);
    Result<void> prune(std::size_t limit, WallTime oldest);
    Result<long long> number(const char* sql);
    tl::unexpected<Error> failed() const;

    std::unique_ptr<sqlite3, Close> m_database;
    std::filesystem::path m_file;
    std::string m_boot;
};

} // namespace halfopen
