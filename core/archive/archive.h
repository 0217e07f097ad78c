// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/archive/database.h"
#include "core/history/history.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace halfopen {

/// Keeps a History over restarts, on a thread of its own: no frame ever waits for a disk. It first puts what earlier
/// runs left into the history, then writes what is added to it, in batches. Whatever is wrong with the file is a
/// sentence, never a reason to stop: the history then lives in memory only.
class Archive {
public:
    /// What the file keeps, and how often it is written.
    struct Limits {
        std::size_t rows = History::kLimit;     ///< records kept; the oldest go first
        std::chrono::hours age{24 * 30};        ///< older ones go
        std::chrono::milliseconds gather{1000}; ///< how long a batch is gathered
        std::chrono::milliseconds retry{30000}; ///< until a file that failed is tried again
    };

    /// $XDG_STATE_HOME/halfopen/history.sqlite, by default below ~/.local/state; nullopt where there is no home either.
    /// Source: XDG Base Directory Specification.
    static std::optional<std::filesystem::path> defaultFile();

    /// Starts the thread; never fails, see notes().
    Archive(std::filesystem::path file, HistoryPtr history);
    Archive(std::filesystem::path file, HistoryPtr history, Limits limits);
    /// Writes what is left.
    ~Archive();
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;

    /// How old a record may become, from now on; 0: nothing outlives the window. Any thread.
    void keepFor(std::chrono::hours age);

    /// What a person should know: a damaged file was set aside, and where; the history cannot be kept, and why. Any
    /// thread.
    std::vector<Sentence> notes() const;
    /// What earlier runs left is in the history, or cannot be had. Any thread.
    bool restored() const;

private:
    void run(const std::stop_token& stop);
    void open();
    void setAside(const Error& error);
    void restore();
    /// Takes what is new, and that all was cleared.
    /// @return false where it makes no sense to try again at once
    bool write();
    bool clear(std::uint64_t cleared);
    void tell(std::vector<Sentence> trouble);
    bool keepsNothing() const;
    WallTime oldest() const;

    std::filesystem::path m_file;
    HistoryPtr m_history;
    Limits m_limits;                    ///< its age guarded by m_mutex
    std::optional<Database> m_database; ///< the writer's; nullopt: none can be had at the moment
    std::uint64_t m_cleared = 0;        ///< the writer's: as often was the history cleared when the file was
    std::uint64_t m_written = 0;        ///< the writer's: number of the last record in the file
    bool m_never = false;               ///< the writer's: trying again makes no sense
    mutable std::mutex m_mutex;
    std::vector<Sentence> m_setAside; ///< guarded by m_mutex
    std::vector<Sentence> m_trouble;  ///< guarded by m_mutex; empty while all is well
    bool m_restored = false;          ///< guarded by m_mutex
    std::jthread m_thread;
};

} // namespace halfopen
