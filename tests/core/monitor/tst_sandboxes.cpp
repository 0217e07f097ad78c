// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that bubblewrap has put into a network namespace of their own, as flatpak does it: found, named and looked
// into by whom the kernel allows it.
#include "core/kernel/diag/netlink_source.h"
#include "core/model/settings.h"
#include "core/monitor/monitor.h"
#include "tests/core/kernel/netns/resident.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <thread>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

/// "bwrap ... sleep", which ends with this; the length of the sleep tells it from others.
class Sandboxed {
public:
    explicit Sandboxed(uid_t uid)
        : m_outer([this, uid] { start(uid); }) {}

    bool isInside(const NetnsInside& inside) const {
        std::ifstream file(fmt::format("/proc/{}/cmdline", inside.oldest), std::ios::binary);
        const std::string text((std::istreambuf_iterator<char>(file)), {});
        return text == std::string("sleep\0", 6) + m_length + '\0';
    }

private:
    void start(uid_t uid) const {
        if (::fork() != 0)
            return;
        if (::setgroups(0, nullptr) != 0 || ::setresgid(uid, uid, uid) != 0 || ::setresuid(uid, uid, uid) != 0)
            ::_exit(1);
        ::execlp("bwrap", "bwrap", "--die-with-parent", "--ro-bind", "/", "/", "--proc", "/proc", "--unshare-net",
                 "--unshare-user", "--unshare-pid", "sleep", m_length.c_str(), nullptr);
        ::_exit(1);
    }

    std::string m_length = fmt::format("600.{}", ::getpid());
    Child m_outer;
};

/// "mine program, its settings": the tier, what kind of namespace it is, and whether its settings could be read; ""
/// where it is not there under the program's name.
std::string seen(const Frame& frame, const Sandboxed& sandboxed) {
    for (std::size_t place = 0; place < frame.namespaces.size(); ++place) {
        const NetnsContext& netns = *frame.namespaces[place];
        const bool looked = frame.samples[place].taken != MonotonicTime{};
        if (looked && netns.name == fmt::format("sleep {}", netns.inside.oldest) && sandboxed.isInside(netns.inside))
            return fmt::format("{} {}{}", toString(netns.tier), toString(netns.inside.kind),
                               isUnread(netns.sysctls, Setting::KeepaliveTime) ? "" : ", its settings");
    }
    return {};
}

std::string look(const Sandboxed& sandboxed) {
    Monitor monitor(std::move(*NetlinkSource::open()), {.owners = false,
                                                        .options = false,
                                                        .calibrate = false,
                                                        .others = Monitor::Others::Later,
                                                        .userName = [](std::uint32_t) { return std::nullopt; }});
    const MonotonicTime end = MonotonicClock::now() + 20s;
    std::string what;
    while (what.empty() && MonotonicClock::now() < end) {
        what = seen(*monitor.sample({.interval = 1000ms}), sandboxed);
        std::this_thread::sleep_for(20ms);
    }
    return what;
}

bool hasBubblewrap() {
    return std::system("command -v bwrap >/dev/null") == 0;
}

class Sandboxes : public testing::TestWithParam<uid_t> {
protected:
    void SetUp() override {
        if (!isRoot())
            SKIP_UNLESS_CI("needs root, to be several users");
        if (!hasBubblewrap())
            SKIP_UNLESS_CI("bubblewrap is not installed");
    }
};

TEST_P(Sandboxes, aProgramInOneIsNamedAndLookedIntoByItsOwner) {
    const uid_t owner = GetParam();
    const Sandboxed sandboxed(owner);
    EXPECT_EQ(look(sandboxed), "asked program, its settings") << "root";
    EXPECT_EQ(inChild([&] { return look(sandboxed); }, kAlice),
              owner == kAlice ? "mine program, its settings" : "public program");
    EXPECT_EQ(inChild([&] { return look(sandboxed); }, kBob), "public program");
}

INSTANTIATE_TEST_SUITE_P(Owners, Sandboxes, testing::Values(uid_t{0}, kAlice),
                         [](const auto& one) { return one.param == 0 ? "root" : "aUser"; });

} // namespace
} // namespace halfopen
