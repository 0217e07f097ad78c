// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/cgroup_names.h"
#include "core/model/connection.h"
#include "tests/core/fake_root.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

/// A tree that stands for the kernel's: an id is the inode of its directory in either.
class CgroupNames_ : public testing::Test {
protected:
    CgroupNames_() {
        fs::create_directories(root.at("/cg"));
        root.write("/mountinfo", "24 1 0:21 / /sys rw - sysfs sysfs rw\n"
                                 "30 24 0:26 / /cg rw,nosuid shared:4 - cgroup2 cgroup2 rw\n");
    }

    std::uint32_t make(const std::string& path) const {
        fs::create_directories(root.at("/cg/" + path));
        struct stat status {};
        EXPECT_EQ(::stat(root.at("/cg/" + path).c_str(), &status), 0);
        return internCgroup(status.st_ino);
    }
    static std::string nameIn(const CgroupUnitsPtr& units, std::uint32_t group) {
        const auto found = units ? units->find(group) : CgroupUnits::const_iterator();
        return units && found != units->end() ? describe(*found->second) : "none";
    }

    FakeRoot root;
    MonotonicTime now = MonotonicClock::now();
};

TEST_F(CgroupNames_, groupsAreNamedByTheInodeOfTheirFolder) {
    const std::uint32_t nginx = make("system.slice/nginx.service");
    const std::uint32_t init = make("init.scope");
    CgroupNames names(root.at("/mountinfo"), root.path());
    const std::uint32_t wanted[] = {nginx, init, internCgroup(~0U)};
    const CgroupUnitsPtr units = names.find(wanted, now);
    EXPECT_EQ(nameIn(units, nginx), "nginx.service");
    EXPECT_EQ(nameIn(units, init), "none") << "systemd opens sockets for others there";
    EXPECT_EQ(nameIn(units, wanted[2]), "none");
}

TEST_F(CgroupNames_, newOnesAreLookedForAndOldOnesKept) {
    const std::uint32_t nginx = make("system.slice/nginx.service");
    CgroupNames names(root.at("/mountinfo"), root.path());
    const std::uint32_t first[] = {nginx};
    names.find(first, now);
    const std::uint32_t cron = make("system.slice/cron.service");
    const std::uint32_t second[] = {cron};
    EXPECT_EQ(nameIn(names.find(second, now), cron), "none") << "so soon there is no other walk";
    const CgroupUnitsPtr units = names.find(second, MonotonicClock::now() + 1h);
    EXPECT_EQ(nameIn(units, cron), "cron.service");
    EXPECT_EQ(nameIn(units, nginx), "nginx.service");
    EXPECT_EQ(names.find(second, MonotonicClock::now() + 2h), units) << "nothing is new";
}

TEST_F(CgroupNames_, withoutCgroup2ThereIsNothing) {
    root.write("/mountinfo", "24 1 0:21 / /sys rw - sysfs sysfs rw\n");
    CgroupNames names(root.at("/mountinfo"), root.path());
    const std::uint32_t wanted[] = {make("a.service")};
    EXPECT_EQ(names.find(wanted, now), nullptr);
}

} // namespace
} // namespace halfopen
