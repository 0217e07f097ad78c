// SPDX-License-Identifier: GPL-3.0-or-later
// The rules in their file and in the kernel, together.
#include "core/actions/guard_file.h"
#include "core/actions/guard_rules.h"
#include "core/kernel/process/unit_cgroups.h"
#include "tests/core/kernel/bpf/guard_test.h"

#include <gmock/gmock.h>

namespace halfopen {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;

const GuardRule kOne{"one.service", 60, 10, 3, 0};
const GuardRule kTwo{"two.scope", 90, 0, 0, 20'000};

TEST(GuardFile, whatIsWrittenIsRead) {
    const std::vector<GuardRule> rules{kOne, kTwo, {"", 600, 0, 0, 0}};
    const std::string text = guardFileText(rules);
    EXPECT_THAT(
        text,
        HasSubstr("\none.service idle=60 interval=10 probes=3\ntwo.scope idle=90 user-timeout=20000\n* idle=600\n"));
    EXPECT_EQ(parseGuardFile(text), rules);
    EXPECT_EQ(parseGuardFile("\n  # a comment\n\t one.service \tprobes=3 interval=10 idle=60\r\n"), std::vector{kOne});
    EXPECT_EQ(parseGuardFile("one.service idle=60 interval=10 probes=3"), std::vector{kOne});
    EXPECT_EQ(parseGuardFile(""), std::vector<GuardRule>());
}

TEST(GuardFile, whatIsNoRuleIsNamedByItsLine) {
    for (const char* line :
         {"one.service", "one.service idle=", "one.service idle=0", "one.service idle=-1", "one.service idle=60s",
          "one.service idle=32768", "one.service idle=60 idle=60", "one.service idle=60 what=1", "a/b idle=60",
          ".. idle=60", "idle=60", "one.service idle=99999999999", "first.service idle=60", "\x1b[2J idle=60"}) {
        const auto read = parseGuardFile(std::string("first.service idle=60\n") + line + '\n');
        ASSERT_FALSE(read) << line;
        EXPECT_EQ(read.error().code, ErrorCode::Unreadable);
        EXPECT_EQ(inEnglish(read.error()),
                  "Line 2 of /etc/halfopen/guard.conf is no rule, or one of a unit that has one already.");
    }
}

TEST(GuardFile, onlyRootsIsHeeded) {
    if (!isRoot())
        SKIP_UNLESS_CI("only root makes files of root");
    const FakeRoot root;
    EXPECT_EQ(readGuardFile(root.path()), std::vector<GuardRule>());
    root.write("/etc/halfopen/guard.conf", guardFileText({kOne}));
    const std::string directory = root.at("/etc/halfopen");
    const std::string file = root.at("/etc/halfopen/guard.conf");
    const auto heeded = [&] { return readGuardFile(root.path()).has_value(); };
    ASSERT_EQ(chmod(directory.c_str(), 0755) | chmod(file.c_str(), 0644), 0);
    EXPECT_EQ(readGuardFile(root.path()), std::vector{kOne});
    for (const std::string& path : {directory, file}) {
        const mode_t usual = path == file ? 0644 : 0755;
        for (const mode_t more : {S_IWGRP, S_IWOTH}) {
            ASSERT_EQ(chmod(path.c_str(), usual | more), 0);
            EXPECT_FALSE(heeded()) << path << ' ' << more;
        }
        ASSERT_EQ(chmod(path.c_str(), usual) | chown(path.c_str(), kNobody, 0), 0);
        EXPECT_FALSE(heeded()) << path;
        ASSERT_EQ(chown(path.c_str(), 0, 0), 0);
        EXPECT_TRUE(heeded());
        ASSERT_EQ(rename(path.c_str(), (path + "-real").c_str()) | symlink((path + "-real").c_str(), path.c_str()), 0);
        EXPECT_FALSE(heeded()) << path << " is a link";
        ASSERT_EQ(unlink(path.c_str()) | rename((path + "-real").c_str(), path.c_str()), 0);
    }
    ASSERT_EQ(unlink(file.c_str()) | mkfifo(file.c_str(), 0644), 0);
    EXPECT_FALSE(heeded()) << "a FIFO; and nobody waits for it";
}

class GuardKept : public GuardTest {
protected:
    void SetUp() override {
        GuardTest::SetUp();
        std::filesystem::create_directories(root.at("/etc"));
    }
    GuardRules rules() const { return GuardRules(places, root.path()); }
    std::string file() const { return root.read("/etc/halfopen/guard.conf"); }
    /// Units of the rules that the kernel has.
    std::vector<std::string> inKernel() const {
        std::vector<std::string> units;
        const auto program = GuardProgram::pinned(places);
        if (!program || !*program)
            return units;
        const auto states = (*program)->rules();
        EXPECT_TRUE(states);
        for (const GuardState& one : states.value_or(std::vector<GuardState>()))
            units.push_back(one.rule.unit);
        return units;
    }
};

TEST_F(GuardKept, setListedAndForgotten) {
    EXPECT_TRUE(rules().list()->rules.empty());
    ASSERT_TRUE(rules().set(kOne));
    ASSERT_TRUE(rules().set(kTwo));
    EXPECT_EQ(file(), guardFileText({kOne, kTwo}));
    EXPECT_THAT(inKernel(), ElementsAre("one.service", "two.scope"));
    GuardRule changed = kOne;
    changed.idle = 61;
    ASSERT_TRUE(rules().set(changed));
    EXPECT_EQ(file(), guardFileText({changed, kTwo}));
    const auto list = rules().list();
    ASSERT_EQ(list->rules.size(), 2U);
    EXPECT_EQ(list->rules[0].rule, changed);
    EXPECT_EQ(list->rules[0].counts, GuardCounts());
    EXPECT_TRUE(list->rules[0].kept);
    EXPECT_FALSE(list->notInEffect);
    EXPECT_EQ(rules().forget("none.service"), false);
    EXPECT_EQ(rules().forget("one.service"), true);
    EXPECT_THAT(inKernel(), ElementsAre("two.scope"));
    EXPECT_EQ(rules().forget("two.scope"), true);
    EXPECT_FALSE(std::filesystem::exists(root.at("/etc/halfopen/guard.conf")));
    EXPECT_TRUE(std::filesystem::is_empty(places.bpffs + "/halfopen")) << "the last one takes the program along";
}

TEST_F(GuardKept, untilTheNextBootAlone) {
    GuardRule brief = kOne;
    brief.idle = 61;
    ASSERT_TRUE(rules().set(brief, false));
    EXPECT_EQ(file(), "") << "nothing is kept";
    EXPECT_THAT(inKernel(), ElementsAre("one.service"));
    EXPECT_FALSE(rules().list()->rules[0].kept);
    ASSERT_TRUE(rules().set(kOne));
    ASSERT_TRUE(rules().set(kTwo));
    ASSERT_TRUE(rules().set(brief, false));
    EXPECT_EQ(file(), guardFileText({kOne, kTwo})) << "what is kept stays as it is";
    const auto list = rules().list();
    ASSERT_EQ(list->rules.size(), 3U);
    EXPECT_EQ(list->rules[0].rule, kOne);
    EXPECT_FALSE(list->rules[0].counts) << "another one is in effect";
    EXPECT_TRUE(list->rules[1].kept && list->rules[1].counts);
    EXPECT_EQ(list->rules[2].rule, brief);
    EXPECT_FALSE(list->rules[2].kept);
    EXPECT_EQ(rules().restore(), 2U);
    EXPECT_EQ(rules().list()->rules.size(), 2U);
}

TEST_F(GuardKept, forgottenInTheKernelThoughNotKept) {
    ASSERT_TRUE(rules().set(kOne, false));
    ASSERT_TRUE(rules().set(kTwo));
    EXPECT_EQ(rules().forget("one.service"), true);
    EXPECT_THAT(inKernel(), ElementsAre("two.scope"));
    ASSERT_TRUE(rules().set(kOne, false));
    EXPECT_EQ(rules().forget("two.scope"), true);
    EXPECT_THAT(inKernel(), ElementsAre("one.service")) << "the last one that is kept, not the last one";
    EXPECT_EQ(rules().forget("one.service"), true);
    EXPECT_TRUE(std::filesystem::is_empty(places.bpffs + "/halfopen"));
}

TEST_F(GuardKept, restoredAfterAReboot) {
    ASSERT_TRUE(rules().set(kOne));
    ASSERT_TRUE(rules().set(kTwo));
    ASSERT_EQ(umount2(root.at("/bpf").c_str(), MNT_DETACH), 0); // what is pinned goes with the machine's memory
    ASSERT_EQ(mount("bpf", root.at("/bpf").c_str(), "bpf", 0, nullptr), 0);
    EXPECT_FALSE(rules().list()->rules[0].counts) << "kept, and not in effect";
    EXPECT_EQ(rules().restore(), 2U);
    EXPECT_THAT(inKernel(), ElementsAre("one.service", "two.scope"));
    EXPECT_TRUE(rules().list()->rules[0].counts);
    // What the file does not say any more is gone.
    root.write("/etc/halfopen/guard.conf", guardFileText({kTwo}));
    EXPECT_EQ(rules().restore(), 1U);
    EXPECT_THAT(inKernel(), ElementsAre("two.scope"));
    std::filesystem::remove(root.at("/etc/halfopen/guard.conf"));
    EXPECT_EQ(rules().restore(), 0U);
    EXPECT_TRUE(inKernel().empty());
}

TEST_F(GuardKept, allIsForgottenWhateverStandsInTheFile) {
    EXPECT_TRUE(rules().forgetAll()) << "there is nothing";
    ASSERT_TRUE(rules().set(kOne));
    root.write("/etc/halfopen/guard.conf", "nonsense\n");
    EXPECT_FALSE(rules().set(kTwo));
    EXPECT_FALSE(rules().restore());
    EXPECT_FALSE(rules().forget("one.service"));
    EXPECT_TRUE(rules().forgetAll());
    EXPECT_TRUE(inKernel().empty());
    EXPECT_FALSE(std::filesystem::exists(root.at("/etc/halfopen/guard.conf")));
}

TEST_F(GuardKept, whatCannotBeKeptIsNotInEffect) {
    ASSERT_TRUE(rules().set(kOne));
    ASSERT_EQ(chmod(root.at("/etc/halfopen").c_str(), 0775), 0);
    EXPECT_FALSE(rules().set(kTwo));
    EXPECT_THAT(inKernel(), ElementsAre("one.service"));
    ASSERT_EQ(chmod(root.at("/etc/halfopen").c_str(), 0755), 0);
    const auto refused = GuardRules({places.cgroup, root.path()}, root.path()).set(kTwo);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::NotSupported);
    EXPECT_EQ(file(), guardFileText({kOne})) << "nor is what is not in effect kept";
}

TEST_F(GuardKept, manyAtOnceLoseNothing) {
    ASSERT_TRUE(rules().set(kOne));
    constexpr int kProcesses = 4;
    constexpr int kEach = 8;
    std::vector<pid_t> pids;
    for (int process = 0; process < kProcesses; ++process) {
        pids.push_back(fork());
        if (pids.back() == 0) {
            for (int i = 0; i < kEach; ++i)
                if (!rules().set({fmt::format("p{}-{}.service", process, i), 60, 0, 0, 0}))
                    _exit(1);
            _exit(0);
        }
    }
    for (const pid_t pid : pids) {
        int status = 0;
        ASSERT_EQ(waitpid(pid, &status, 0), pid);
        EXPECT_EQ(status, 0);
    }
    EXPECT_EQ(readGuardFile(root.path())->size(), 1U + kProcesses * kEach);
    EXPECT_EQ(inKernel().size(), 1U + kProcesses * kEach);
    for (const auto& entry : std::filesystem::directory_iterator(root.at("/etc/halfopen")))
        EXPECT_EQ(entry.path().filename(), "guard.conf") << "nothing temporary is left";
}

TEST_F(GuardKept, whomAUnitHasNow) {
    const std::string unit = cgroup("a.slice/x.service");
    const std::string inner = cgroup("a.slice/x.service/inner");
    cgroup("a.slice/y.service");
    cgroup("b.slice/x.service");
    const Child one([&] { EXPECT_TRUE(enterCgroup(unit)); });
    const Child two([&] { EXPECT_TRUE(enterCgroup(inner)); });
    const UnitCgroups found = findUnitCgroups(places.cgroup, "x.service");
    EXPECT_THAT(found.paths, testing::UnorderedElementsAre("/a.slice/x.service", "/b.slice/x.service"));
    EXPECT_EQ(found.ids.size(), 3U);
    EXPECT_EQ(found.processes, 2U);
    EXPECT_EQ(findUnitCgroups(places.cgroup, "a.slice").ids.size(), 4U);
    EXPECT_EQ(findUnitCgroups(places.cgroup, "").ids.size(), 7U);
    EXPECT_TRUE(findUnitCgroups(places.cgroup, "z.service").ids.empty());
    EXPECT_TRUE(findUnitCgroups("", "x.service").ids.empty());
    struct stat status {};
    ASSERT_EQ(stat(inner.c_str(), &status), 0);
    const auto paths = cgroupPaths(places.cgroup, {status.st_ino, 1});
    ASSERT_EQ(paths.size(), 1U);
    EXPECT_EQ(paths.at(status.st_ino), "/a.slice/x.service/inner");
    EXPECT_TRUE(cgroupPaths("", {status.st_ino}).empty());
}

} // namespace
} // namespace halfopen
