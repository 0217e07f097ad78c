// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/database.h"

#include "core/format/ended_connection_json.h"
#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace halfopen {

namespace {

constexpr int kSchemaVersion = 1;
constexpr int kLockTimeLimitMs = 2000;

/// Which ends are in the file, between which two moments (ms of the boot's CLOCK_MONOTONIC) each came, and in which row
/// of `certificate`. A socket may be connected again: its cookie alone names no end. (`ended` was the table of a
/// version that took it for one.)
constexpr const char* kEnded =
    "DROP TABLE IF EXISTS ended;"
    "CREATE TABLE IF NOT EXISTS seen_end"
    " (boot TEXT NOT NULL, netns INTEGER NOT NULL, cookie INTEGER NOT NULL, endpoints TEXT NOT NULL,"
    " after_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL, id INTEGER NOT NULL);"
    "CREATE INDEX IF NOT EXISTS seen_end_of ON seen_end (boot, netns, cookie);"
    "CREATE INDEX IF NOT EXISTS seen_end_id ON seen_end (id)";

/// Writes it unless another window has: that saw the same socket's same connection end at a time that may be the same,
/// give or take the second (?7) by which an event may come late to one of them.
constexpr const char* kClaim =
    "INSERT INTO seen_end SELECT ?1, ?2, ?3, ?4, ?5, ?6,"
    " 1 + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'certificate'), 0)"
    " WHERE NOT EXISTS (SELECT 1 FROM seen_end WHERE boot = ?1 AND netns = ?2 AND cookie = ?3 AND endpoints = ?4"
    " AND after_ms <= ?6 + ?7 AND until_ms >= ?5 - ?7)";
constexpr int kSameEndMs = 1000;

sqlite3_int64 millisecondsOf(MonotonicTime moment) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count();
}

/// The directory and the file with rights for nobody else, before SQLite would make them with the umask's.
Result<void> makeFile(const std::filesystem::path& file) {
    const std::filesystem::path directory = file.parent_path();
    std::error_code error;
    if (directory.has_parent_path())
        std::filesystem::create_directories(directory.parent_path(), error);
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
        return failure(ErrorCode::NotPermitted, Sentence::tr("The history cannot be kept: {0} cannot be made ({1}).",
                                                             directory.string(), Errno{errno}));
    const UniqueFd made(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!made)
        return failure(ErrorCode::NotPermitted, Sentence::tr("The history cannot be kept: {0} cannot be written ({1}).",
                                                             file.string(), Errno{errno}));
    return {};
}

} // namespace

void Database::Close::operator()(sqlite3* database) const {
    sqlite3_close(database);
}

void Database::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

tl::unexpected<Error> Database::failed() const {
    const int status = sqlite3_errcode(m_database.get());
    const char* const why = sqlite3_errmsg(m_database.get());
    if (status == SQLITE_CORRUPT || status == SQLITE_NOTADB)
        return failure(ErrorCode::Unreadable, Sentence::tr("The history {0} is damaged ({1}).", m_file.string(), why));
    return failure(ErrorCode::SomeFailed, Sentence::tr("The history cannot be kept: {0}: {1}.", m_file.string(), why));
}

std::string Database::bootId() {
    std::string id;
    std::getline(std::ifstream("/proc/sys/kernel/random/boot_id") >> std::ws, id);
    return id;
}

Result<Database> Database::open(const std::filesystem::path& file, std::string boot) {
    if (auto made = makeFile(file); !made)
        return tl::unexpected(made.error());
    sqlite3* handle = nullptr;
    const int status = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr);
    if (!handle)
        return failure(ErrorCode::SomeFailed, Sentence::tr("The history cannot be kept: no memory for a database."));
    Database database(handle, file, std::move(boot));
    if (status != SQLITE_OK)
        return database.failed();
    sqlite3_busy_timeout(handle, kLockTimeLimitMs);
    if (auto ok = database.check(); !ok)
        return tl::unexpected(ok.error());
    if (auto ok = database.prepareSchema(); !ok)
        return tl::unexpected(ok.error());
    return database;
}

Result<void> Database::run(const char* sql) {
    if (sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return failed();
    return {};
}

Result<Database::Statement> Database::prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(m_database.get(), sql, -1, &statement, nullptr) != SQLITE_OK)
        return failed();
    return Statement(statement);
}

Result<long long> Database::number(const char* sql) {
    auto statement = prepare(sql);
    if (!statement)
        return tl::unexpected(statement.error());
    if (sqlite3_step(statement->get()) != SQLITE_ROW)
        return failed();
    return sqlite3_column_int64(statement->get(), 0);
}

Result<void> Database::check() {
    auto statement = prepare("PRAGMA quick_check(1)");
    if (!statement)
        return tl::unexpected(statement.error());
    if (sqlite3_step(statement->get()) != SQLITE_ROW)
        return failed();
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement->get(), 0));
    const std::string found = text ? text : "no answer";
    if (found != "ok")
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("The history {0} is damaged ({1}).", m_file.string(), found));
    return {};
}

Result<void> Database::prepareSchema() {
    const auto version = number("PRAGMA user_version");
    if (!version)
        return tl::unexpected(version.error());
    if (*version > kSchemaVersion)
        return failure(ErrorCode::NotSupported,
                       Sentence::tr("The history {0} was written by a later version of Halfopen: it is left alone.",
                                    m_file.string()));
    // Came later; a version that does not know of it reads and writes the file all the same.
    if (*version == kSchemaVersion)
        return run(kEnded);
    static_assert(kSchemaVersion == 1);
    if (auto made = run(kEnded); !made)
        return made;
    return run("BEGIN IMMEDIATE;"
               "CREATE TABLE IF NOT EXISTS certificate"
               " (id INTEGER PRIMARY KEY AUTOINCREMENT, ended_ms INTEGER NOT NULL, body TEXT NOT NULL);"
               "PRAGMA user_version = 1;"
               "COMMIT");
}

Result<std::vector<EndedConnection>> Database::load(std::size_t limit) {
    auto statement = prepare("SELECT body FROM certificate ORDER BY id DESC LIMIT ?1");
    if (!statement)
        return tl::unexpected(statement.error());
    sqlite3_bind_int64(statement->get(), 1, static_cast<sqlite3_int64>(limit));
    std::vector<EndedConnection> records;
    int status = SQLITE_ROW;
    while ((status = sqlite3_step(statement->get())) == SQLITE_ROW) {
        const auto* body = reinterpret_cast<const char*>(sqlite3_column_text(statement->get(), 0));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement->get(), 0));
        if (auto record = body ? parseEndedConnection({body, size}) : std::nullopt)
            records.push_back(*std::move(record));
    }
    if (status != SQLITE_DONE)
        return failed();
    std::ranges::reverse(records);
    return records;
}

/// @return whether no other window has written this end
Result<bool> Database::claim(sqlite3_stmt* statement, const EndedConnection& record) {
    if (record.cookie == 0 || m_boot.empty())
        return true;
    sqlite3_bind_text(statement, 1, m_boot.data(), static_cast<int>(m_boot.size()), SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, static_cast<sqlite3_int64>(record.netns));
    sqlite3_bind_int64(statement, 3, static_cast<sqlite3_int64>(record.cookie));
    const std::string endpoints = record.local.toString() + ' ' + record.remote.toString();
    sqlite3_bind_text(statement, 4, endpoints.data(), static_cast<int>(endpoints.size()), SQLITE_STATIC);
    sqlite3_bind_int64(statement, 5, millisecondsOf(record.lastSeen.monotonic));
    sqlite3_bind_int64(statement, 6, millisecondsOf(record.firstMissed.monotonic));
    sqlite3_bind_int(statement, 7, kSameEndMs);
    const int status = sqlite3_step(statement);
    const bool isNew = sqlite3_changes(m_database.get()) > 0;
    sqlite3_reset(statement);
    if (status != SQLITE_DONE)
        return failed();
    return isNew;
}

Result<void> Database::insert(const std::vector<EndedConnectionPtr>& records) {
    auto statement = prepare("INSERT INTO certificate (ended_ms, body) VALUES (?1, ?2)");
    if (!statement)
        return tl::unexpected(statement.error());
    auto ended = prepare(kClaim);
    if (!ended)
        return tl::unexpected(ended.error());
    for (const EndedConnectionPtr& record : records) {
        const auto isNew = claim(ended->get(), *record);
        if (!isNew)
            return tl::unexpected(isNew.error());
        if (!*isNew)
            continue;
        const std::string body = endedConnectionJson(*record);
        sqlite3_bind_int64(statement->get(), 1, record->ended.wall.time_since_epoch().count());
        sqlite3_bind_text(statement->get(), 2, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
        if (sqlite3_step(statement->get()) != SQLITE_DONE)
            return failed();
        sqlite3_reset(statement->get());
    }
    return {};
}

Result<void> Database::prune(std::size_t limit, WallTime oldest) {
    auto statement = prepare("DELETE FROM certificate WHERE ended_ms <= ?1"
                             " OR id <= (SELECT max(id) FROM certificate) - ?2");
    if (!statement)
        return tl::unexpected(statement.error());
    sqlite3_bind_int64(statement->get(), 1, oldest.time_since_epoch().count());
    sqlite3_bind_int64(statement->get(), 2, static_cast<sqlite3_int64>(limit));
    if (sqlite3_step(statement->get()) != SQLITE_DONE)
        return failed();
    return run("DELETE FROM seen_end WHERE id < coalesce((SELECT min(id) FROM certificate),"
               " (SELECT seq + 1 FROM sqlite_sequence WHERE name = 'certificate'), 0)");
}

Result<void> Database::clear() {
    auto done = run("PRAGMA secure_delete = ON");
    if (done) // `seen_end` stays: what has been forgotten is not written again by another window
        done = run("DELETE FROM certificate");
    return done;
}

Result<void> Database::append(const std::vector<EndedConnectionPtr>& records, std::size_t limit, WallTime oldest) {
    auto done = run("BEGIN IMMEDIATE");
    if (done)
        done = insert(records);
    if (done)
        done = prune(limit, oldest);
    if (done)
        done = run("COMMIT");
    if (!done && sqlite3_get_autocommit(m_database.get()) == 0)
        (void)run("ROLLBACK"); // where it fails too, the next BEGIN tells
    return done;
}

} // namespace halfopen
