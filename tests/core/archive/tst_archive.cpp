// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/archive.h"
#include "tests/core/fake_root.h"
#include "tests/core/history/sample_record.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sched.h>
#include <sqlite3.h>

#include <sys/mount.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <numeric>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using test::fullRecord;

const Archive::Limits kQuick{.gather = 1ms, .retry = 50ms};

template <class Condition>
bool soon(Condition condition) {
    const auto end = MonotonicClock::now() + 10s;
    while (!condition()) {
        if (MonotonicClock::now() > end)
            return false;
        ::poll(nullptr, 0, 5);
    }
    return true;
}

std::vector<EndedConnection> numbered(std::size_t count, std::size_t first = 1) {
    std::vector<EndedConnection> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(fullRecord(first + i));
    return all;
}

std::vector<std::string> notesOf(const Archive& archive) {
    std::vector<std::string> notes;
    for (const Sentence& note : archive.notes())
        notes.push_back(inEnglish(note));
    return notes;
}

class ArchiveTest : public testing::Test {
protected:
    /// One run of a program that adds these. @return its notes
    std::vector<std::string> run(std::vector<EndedConnection> added, Archive::Limits limits = kQuick) {
        auto history = std::make_shared<History>();
        history->add(std::move(added));
        std::vector<std::string> notes;
        {
            const Archive archive(file, history, limits);
            EXPECT_TRUE(soon([&] { return archive.restored(); }));
            notes = notesOf(archive);
        }
        return notes;
    }
    /// What the next run finds.
    std::vector<std::uint64_t> cookies(std::vector<std::string>* notes = nullptr, Archive::Limits limits = kQuick) {
        auto history = std::make_shared<History>();
        const Archive archive(file, history, limits);
        EXPECT_TRUE(soon([&] { return archive.restored(); }));
        if (notes)
            *notes = notesOf(archive);
        std::vector<std::uint64_t> found;
        for (const auto& record : history->after(0).records)
            found.push_back(record->cookie);
        return found;
    }
    std::size_t filesAside() const {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(file.parent_path()))
            count += entry.path().filename().string().find(".damaged-") != std::string::npos;
        return count;
    }
    FakeRoot root;
    std::filesystem::path file = root.at("/state/halfopen/history.sqlite");
};

TEST_F(ArchiveTest, whatOneRunWroteTheNextOneReads) {
    const auto full = fullRecord(7);
    EXPECT_TRUE(run({full}).empty());
    EXPECT_TRUE(run(numbered(2, 8)).empty());
    EXPECT_EQ(cookies(), (std::vector<std::uint64_t>{7, 8, 9}));
    auto history = std::make_shared<History>();
    const Archive archive(file, history, kQuick);
    ASSERT_TRUE(soon([&] { return archive.restored(); }));
    EndedConnection read = *history->after(0).records.front();
    read.number = 0;
    EXPECT_EQ(read, full);
}

TEST_F(ArchiveTest, itIsWrittenWhileTheProgramRuns) {
    auto history = std::make_shared<History>();
    const Archive archive(file, history, kQuick);
    ASSERT_TRUE(soon([&] { return archive.restored(); }));
    history->add(numbered(3));
    EXPECT_TRUE(soon([&] {
        auto other = Database::open(file);
        auto rows = other ? other->load(10) : Result<std::vector<EndedConnection>>();
        return rows && rows->size() == 3;
    }));
}

TEST_F(ArchiveTest, nobodyElseMayReadIt) {
    run(numbered(1));
    struct stat status {};
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    ASSERT_EQ(::stat(file.parent_path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u);
}

TEST_F(ArchiveTest, theOldestRowsGoFirst) {
    Archive::Limits limits = kQuick;
    limits.rows = 5;
    run(numbered(4), limits);
    run(numbered(4, 5), limits);
    EXPECT_EQ(cookies(), (std::vector<std::uint64_t>{4, 5, 6, 7, 8}));
}

TEST_F(ArchiveTest, whatIsTooOldGoes) {
    auto records = numbered(2);
    records[0] = fullRecord(1, std::chrono::system_clock::now() - 31 * 24h);
    run(records);
    EXPECT_EQ(cookies(), std::vector<std::uint64_t>{2});
}

TEST_F(ArchiveTest, whatIsNoDatabaseIsSetAsideAndNamed) {
    root.write("/state/halfopen/history.sqlite", std::string(5000, 'x'));
    const auto notes = run(numbered(1));
    ASSERT_EQ(notes.size(), 2u);
    EXPECT_NE(notes[1].find("history.sqlite.damaged-2"), std::string::npos) << notes[1];
    EXPECT_EQ(filesAside(), 1u);
    EXPECT_EQ(cookies(), std::vector<std::uint64_t>{1}) << "a new one was begun";
}

TEST_F(ArchiveTest, everyDamagedPageIsSurvived) {
    run(numbered(60));
    const auto whole = root.read("/state/halfopen/history.sqlite");
    ASSERT_GT(whole.size(), 20'000u);
    for (std::size_t page = 0; page * 4096 < whole.size(); page += 3) {
        std::string damaged = whole;
        for (std::size_t at = page * 4096; at < std::min(damaged.size(), page * 4096 + 600); ++at)
            damaged[at] = static_cast<char>(at * 7 + 13);
        root.write("/state/halfopen/history.sqlite", damaged);
        std::vector<std::string> notes;
        const auto found = cookies(&notes);
        EXPECT_TRUE(notes.size() == 2 || found.size() >= 59) << page << ": " << found.size();
        EXPECT_TRUE(run(numbered(1, 1000)).empty()) << "the next run is well";
    }
}

TEST_F(ArchiveTest, aLaterVersionsFileIsLeftAlone) {
    run(numbered(1));
    std::string bytes = root.read("/state/halfopen/history.sqlite");
    bytes[63] = 9; // user_version, https://sqlite.org/fileformat.html 1.3
    root.write("/state/halfopen/history.sqlite", bytes);
    const auto notes = run(numbered(1, 2));
    ASSERT_EQ(notes.size(), 2u);
    EXPECT_NE(notes[0].find("later version"), std::string::npos);
    EXPECT_EQ(root.read("/state/halfopen/history.sqlite"), bytes);
}

TEST_F(ArchiveTest, whatIsClearedIsNoLongerInTheFile) {
    auto record = fullRecord(1);
    record.user = "a-name-to-be-forgotten";
    run({record});
    ASSERT_NE(root.read("/state/halfopen/history.sqlite").find(record.user), std::string::npos);
    auto history = std::make_shared<History>();
    {
        const Archive archive(file, history, kQuick);
        ASSERT_TRUE(soon([&] { return archive.restored(); }));
        history->clear();
    }
    EXPECT_EQ(root.read("/state/halfopen/history.sqlite").find(record.user), std::string::npos);
    EXPECT_TRUE(cookies().empty());
    run(numbered(1, 2));
    EXPECT_EQ(cookies(), std::vector<std::uint64_t>{2});
}

TEST_F(ArchiveTest, whatIsKeptForNoTimeDoesNotOutliveTheWindow) {
    run(numbered(2));
    {
        auto history = std::make_shared<History>();
        Archive archive(file, history, kQuick);
        ASSERT_TRUE(soon([&] { return archive.restored(); }));
        archive.keepFor(0h);
    }
    EXPECT_TRUE(cookies().empty());
}

TEST_F(ArchiveTest, anEndThatTwoWindowsHaveSeenIsWrittenOnce) {
    const auto one = std::make_shared<History>();
    const auto other = std::make_shared<History>();
    {
        const Archive archive(file, one, kQuick);
        const Archive second(file, other, kQuick);
        ASSERT_TRUE(soon([&] { return archive.restored() && second.restored(); }));
        for (std::size_t cookie = 1; cookie <= 20; ++cookie) {
            one->add(numbered(1, cookie));
            other->add(numbered(1, cookie));
            ::poll(nullptr, 0, 1); // both write in between
        }
        other->add(numbered(1, 21));
    }
    auto found = cookies();
    std::ranges::sort(found);
    std::vector<std::uint64_t> all(21);
    std::iota(all.begin(), all.end(), 1U);
    EXPECT_EQ(found, all);
}

TEST_F(ArchiveTest, aCookieIsUniqueInItsBootAndNamespaceOnly) {
    const auto append = [&](const char* boot, std::uint32_t netns) {
        auto record = fullRecord(7);
        record.netns = netns;
        auto database = Database::open(file, boot);
        ASSERT_TRUE(database) << inEnglish(database.error());
        ASSERT_TRUE(database->append({std::make_shared<const EndedConnection>(record)}, 100, WallTime{}));
    };
    append("first", 1);
    append("first", 1);
    append("first", 2);
    append("second", 1);
    append("", 1); // not known: nothing is left out
    append("", 1);
    EXPECT_EQ(cookies().size(), 5U);
}

TEST_F(ArchiveTest, aSocketThatIsConnectedAgainEndsAgain) {
    auto first = fullRecord(7);
    auto otherPort = first;
    otherPort.local.port ^= 1;
    auto later = first;
    for (Instant* moment : {&later.lastSeen, &later.ended, &later.firstMissed})
        moment->monotonic += 1h;
    run({first, otherPort, later});
    auto otherWindow = later; // saw the event a little later, and no sample of it
    otherWindow.lastSeen = otherWindow.firstMissed;
    run({first, otherWindow});
    EXPECT_EQ(cookies().size(), 3U);
}

TEST_F(ArchiveTest, aFileOfBeforeIsGoneOnWith) {
    run(numbered(2));
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, "DROP TABLE seen_end; CREATE TABLE ended (boot TEXT)", nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(handle);
    run(numbered(2, 3));
    EXPECT_EQ(cookies(), (std::vector<std::uint64_t>{1, 2, 3, 4}));
}

TEST_F(ArchiveTest, whereItCannotBeWrittenTheHistoryLivesInMemory) {
    root.write("/state", "a file and no directory");
    auto history = std::make_shared<History>();
    const Archive archive(file, history, kQuick);
    ASSERT_TRUE(soon([&] { return archive.restored(); }));
    history->add(numbered(1));
    ASSERT_EQ(archive.notes().size(), 2u);
    EXPECT_NE(notesOf(archive)[0].find("cannot be kept"), std::string::npos);
    EXPECT_EQ(history->after(0).records.size(), 1u);
}

/// In a child with a small disk of its own.
std::string onFullDisk() {
    FakeRoot root;
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", root.at("").c_str(), "tmpfs", 0, "size=128k") != 0)
        return "no disk of its own";
    auto history = std::make_shared<History>();
    std::string wrong;
    {
        const Archive archive(root.at("/halfopen/history.sqlite"), history, kQuick);
        history->add(numbered(20));
        wrong = soon([&] { return archive.restored(); }) ? "" : "not restored";
        history->add(numbered(2000, 21));
        if (!soon([&] { return !archive.notes().empty(); }))
            wrong += "a full disk is not told";
        else if (notesOf(archive)[0].find("full") == std::string::npos)
            wrong += notesOf(archive)[0];
        if (history->after(0).records.size() != 2020)
            wrong += "memory has lost some";
    }
    ::umount(root.at("").c_str());
    return wrong;
}

TEST(ArchiveOnAFullDisk, isASentenceAndTheHistoryGoesOnInMemory) {
    if (test::whyNotRoot())
        SKIP_UNLESS_CI("needs root, to mount a disk of its own");
    EXPECT_EQ(test::inChild(onFullDisk), "");
}

TEST(ArchiveFile, followsTheXdgSpecification) {
    ::setenv("HOME", "/home/alice", 1);
    ::setenv("XDG_STATE_HOME", "relative", 1);
    EXPECT_EQ(Archive::defaultFile(), "/home/alice/.local/state/halfopen/history.sqlite");
    ::setenv("XDG_STATE_HOME", "/var/state", 1);
    EXPECT_EQ(Archive::defaultFile(), "/var/state/halfopen/history.sqlite");
    ::unsetenv("XDG_STATE_HOME");
    ::unsetenv("HOME");
    EXPECT_FALSE(Archive::defaultFile());
}

} // namespace
} // namespace halfopen
