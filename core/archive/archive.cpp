// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/archive.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <condition_variable>
#include <cstdlib>
#include <ctime>
#include <utility>

namespace halfopen {

namespace {

WallTime nowOnTheWall() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

} // namespace

std::optional<std::filesystem::path> Archive::defaultFile() {
    const auto below = [](const char* variable) -> std::filesystem::path {
        const char* const value = std::getenv(variable); // NOLINT(concurrency-mt-unsafe): nobody sets the environment
        return value ? value : "";
    };
    std::filesystem::path state = below("XDG_STATE_HOME");
    if (!state.is_absolute()) { // the specification: relative ones are to be ignored
        const std::filesystem::path home = below("HOME");
        if (!home.is_absolute())
            return std::nullopt;
        state = home / ".local" / "state";
    }
    return state / "halfopen" / "history.sqlite";
}

Archive::Archive(std::filesystem::path file, HistoryPtr history)
    : Archive(std::move(file), std::move(history), Limits{}) {}

Archive::Archive(std::filesystem::path file, HistoryPtr history, Limits limits)
    : m_file(std::move(file))
    , m_history(std::move(history))
    , m_limits(limits)
    , m_written(m_history->after(0).first == 0 ? m_history->after(0).last : m_history->after(0).first - 1)
    , m_thread([this](const std::stop_token& stop) { run(stop); }) {}

Archive::~Archive() = default; // the thread stops and is joined first, being the last member

std::vector<Sentence> Archive::notes() const {
    const std::lock_guard lock(m_mutex);
    std::vector<Sentence> notes = m_setAside;
    notes.insert(notes.end(), m_trouble.begin(), m_trouble.end());
    return notes;
}

bool Archive::restored() const {
    const std::lock_guard lock(m_mutex);
    return m_restored;
}

void Archive::tell(std::vector<Sentence> trouble) {
    const std::lock_guard lock(m_mutex);
    m_trouble = std::move(trouble);
}

void Archive::keepFor(std::chrono::hours age) {
    const std::lock_guard lock(m_mutex);
    m_limits.age = age;
}

bool Archive::keepsNothing() const {
    const std::lock_guard lock(m_mutex);
    return m_limits.age == std::chrono::hours(0);
}

WallTime Archive::oldest() const {
    const std::lock_guard lock(m_mutex);
    return nowOnTheWall() - m_limits.age;
}

/// A damaged file is kept beside, for whoever can make sense of it.
void Archive::setAside(const Error& error) {
    m_database.reset();
    std::filesystem::path aside = m_file;
    aside += fmt::format(".damaged-{:%Y%m%d-%H%M%S}", fmt::localtime(std::time(nullptr)));
    std::error_code failed;
    std::filesystem::rename(m_file, aside, failed);
    if (failed)
        return tell({error.sentence, Sentence::tr("It cannot be set aside: {0}.", Errno{failed.value()})});
    const std::filesystem::path journal = m_file.string() + "-journal";
    std::filesystem::rename(journal, aside.string() + "-journal", failed); // mostly there is none
    const std::lock_guard lock(m_mutex);
    m_setAside.push_back(error.sentence);
    m_setAside.push_back(Sentence::tr("It is now {0}, and a new one was begun.", aside.string()));
}

void Archive::open() {
    for (int attempt = 0; attempt < 2 && !m_database && !m_never; ++attempt) {
        auto opened = Database::open(m_file);
        if (opened) {
            m_database = std::move(*opened);
            return tell({});
        }
        m_never = opened.error().code == ErrorCode::NotSupported;
        if (opened.error().code != ErrorCode::Unreadable)
            return tell({opened.error().sentence, Sentence::tr("It lives in memory only.")});
        setAside(opened.error());
    }
}

void Archive::restore() {
    if (m_database) {
        auto old = m_database->load(m_limits.rows);
        if (old) {
            std::erase_if(*old, [limit = oldest()](const EndedConnection& one) { return one.ended.wall < limit; });
            m_history->restore(*std::move(old));
        } else if (old.error().code == ErrorCode::Unreadable) {
            setAside(old.error());
        } else {
            tell({old.error().sentence});
        }
    }
    const std::lock_guard lock(m_mutex);
    m_restored = true;
}

bool Archive::clear(std::uint64_t cleared) {
    open();
    if (!m_database)
        return false;
    if (const auto done = m_database->clear(); !done) {
        tell({done.error().sentence});
        return false;
    }
    m_cleared = cleared;
    tell({});
    return true;
}

bool Archive::write() {
    const auto news = m_history->after(m_written);
    if (news.cleared != m_cleared && !clear(news.cleared))
        return false;
    if (news.records.empty())
        return true;
    open();
    if (!m_database)
        return false;
    const auto done = m_database->append(news.records, m_limits.rows, oldest());
    if (done) {
        m_written = news.last;
        tell({});
        return true;
    }
    if (done.error().code == ErrorCode::Unreadable) {
        setAside(done.error()); // the next round begins a new one
        return true;
    }
    tell({done.error().sentence, Sentence::tr("What is new lives in memory only.")});
    return false;
}

void Archive::run(const std::stop_token& stop) {
    std::mutex unused;
    std::condition_variable_any never;
    const auto pause = [&](std::chrono::milliseconds time) {
        std::unique_lock lock(unused);
        never.wait_for(lock, stop, time, [] { return false; });
    };
    open();
    restore();
    while (!stop.stop_requested()) {
        m_history->waitAfter(m_written, m_cleared, stop, m_limits.retry);
        pause(m_limits.gather);
        if (!write())
            pause(m_limits.retry);
    }
    write();
    if (keepsNothing())
        clear(m_cleared);
}

} // namespace halfopen
