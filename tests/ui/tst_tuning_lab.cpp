// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/background_sockets.h"
#include "app/halfopen/session.h"
#include "app/halfopen/system_tuning.h"
#include "core/actions/direct_operations.h"
#include "core/kernel/netns/netns_id.h"
#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/lab/laboratory.h"
#include "core/lab/tcp_socket.h"
#include "core/model/keepalive_defaults.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"
#include "tests/ui/tuning_values.h"
#include "ui/tuning/apply_bar.h"
#include "ui/tuning/counted_lines.h"
#include "ui/tuning/tuning_page.h"

#include <QApplication>
#include <QPushButton>
#include <QTest>

#include <gtest/gtest.h>

#include <cstdlib>

/// The page on the real kernel, in a laboratory of its own and without root: what it counts before, what it changes,
/// and what it sees become of that.
namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

constexpr KeepaliveDefaults kNew{600, 30, 5};

/// Three connections that live as long as this: one that follows the settings, one with values of its own, one without
/// keepalive.
struct Three {
    UniqueFd listener;
    std::vector<lab::Connected> connections;
};

Result<Three> connectThree(lab::Laboratory& hosts) {
    const Endpoint remote{*IpAddress::parse("198.51.100.7"), 443};
    if (auto added = hosts.addPeer(remote.address); !added)
        return tl::unexpected(added.error());
    Three three;
    {
        const auto far = hosts.visitPeer();
        auto listener = lab::listenAt(remote);
        if (!far || !listener)
            return failure(ErrorCode::SomeFailed, Sentence::tr("no listener"));
        three.listener = std::move(*listener);
    }
    for (const lab::SocketOptions& options :
         {lab::SocketOptions{.keepalive = true}, lab::keepalive(60s, 10s, 6), lab::SocketOptions{}}) {
        auto connected = hosts.connect(remote, three.listener.get(), options);
        if (!connected)
            return tl::unexpected(connected.error());
        three.connections.push_back(std::move(*connected));
    }
    return three;
}

std::string missing(const char* what, TuningPage& page) {
    return std::string(what) + ": " + words(child<CountedLines>(page)).toStdString();
}

std::string changeAndWatch() {
    const NetnsId home = ownNetns();
    auto hosts = lab::Laboratory::open();
    if (!hosts)
        return "skip: " + inEnglish(hosts.error());
    if (ownNetns() == home || !lab::Laboratory::setSysctl("tcp_keepalive_time", 4))
        return "not in a namespace of its own";
    const auto three = connectThree(*hosts);
    if (!three)
        return inEnglish(three.error());
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    int argc = 1;
    char name[] = "tst_tuning_lab";
    char* argv[] = {name, nullptr};
    const QApplication app(argc, argv);
    QLocale::setDefault(QLocale::c());
    SystemTuning backend(true, nullptr);
    const auto sockets = openSocketBackend(nullptr);
    TuningPage page(backend, *sockets);
    page.show();
    Session session;
    QObject::connect(&session, &Session::frameArrived, &page, &TuningPage::showFrame);
    Query query;
    query.interval = 250ms;
    session.send(query);
    session.showMachine();
    const auto says = [&](const char* text) {
        return QTest::qWaitFor([&] { return words(child<CountedLines>(page)).contains(QLatin1String(text)); }, 20'000);
    };
    // The far ends of all three are in the other namespace, and not counted here.
    if (!says("1 have keepalive off") || !says("1 keep their own values") || !says("1 follows when its armed timer"))
        return missing("before", page);
    page.edit(kNew);
    child<ApplyBar>(page).apply->click();
    if (!QTest::qWaitFor([&] { return inEffect(page) == kNew; }, 5'000))
        return missing("not applied", page);
    if (readKeepaliveDefaults() != kNew)
        return "the kernel holds something else";
    if (!says("1 have followed"))
        return missing("after", page);
    return "followed";
}

/// As whoever runs the tests; as nobody where that is root.
TEST(TuningInTheLaboratory, changesTheKernelAndSeesItFollowed) {
    const bool root = ::geteuid() == 0;
    const std::string said = root ? inChild(changeAndWatch, kNobody) : inChild(changeAndWatch);
    if (said.starts_with("skip: "))
        SKIP_UNLESS_CI(said);
    EXPECT_EQ(said, "followed");
}

} // namespace
} // namespace halfopen::test
