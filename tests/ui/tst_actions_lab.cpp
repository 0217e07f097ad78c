// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/background_sockets.h"
#include "app/halfopen/session.h"
#include "core/actions/direct_operations.h"
#include "core/kernel/netns/netns_id.h"
#include "core/lab/laboratory.h"
#include "core/lab/tcp_socket.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_services.h"
#include "ui/actions/change_panel.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_head.h"
#include "ui/history/history_page.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <sys/socket.h>

#include <cerrno>
#include <cstdlib>

/// The founding story in the window, on the real kernel, in a laboratory of its own and without root.
namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

/// The window with two connections that nothing guards.
struct Story {
    lab::Laboratory hosts;
    UniqueFd listener;
    lab::Connected first;
    lab::Connected second;
};

const IpAddress kPeer = *IpAddress::parse("198.51.100.7");

Result<Story> begin() {
    auto hosts = lab::Laboratory::open();
    if (!hosts)
        return tl::unexpected(hosts.error());
    const Endpoint remote{kPeer, 443};
    if (auto added = hosts->addPeer(kPeer); !added)
        return tl::unexpected(added.error());
    Result<UniqueFd> listener;
    {
        const auto far = hosts->visitPeer();
        listener = lab::listenAt(remote);
    }
    if (!listener)
        return tl::unexpected(listener.error());
    auto first = hosts->connect(remote, listener->get());
    auto second = hosts->connect(remote, listener->get());
    if (!first || !second)
        return failure(ErrorCode::SomeFailed, Sentence::tr("not connected"));
    return Story{std::move(*hosts), std::move(*listener), std::move(*first), std::move(*second)};
}

bool until(const std::function<bool()>& so) {
    return QTest::qWaitFor(so, 20'000);
}

bool says(const QString& text, const char* words) {
    return text.contains(QLatin1String(words));
}

int errorOf(int socket) {
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length);
    return error;
}

/// @return what went wrong; "" if all went right
std::string turnOnKeepalive(MainWindow& window, std::uint64_t cookie) {
    const auto& panel = child<ChangePanel>(window);
    const auto& forecast = child<QLabel>(panel, "changeForecast");
    const auto& answer = child<QLabel>(panel, "changeAnswer");
    window.select({cookie, ownNetns()});
    child<QAction>(window, "changeKeepalive").trigger();
    auto& details = child<DetailsHead>(window);
    if (!until([&] { return says(words(details), "no mechanism of the kernel will ever notice"); }))
        return "headline: " + words(details).toStdString();
    child<QCheckBox>(panel, "SO_KEEPALIVE").click();
    child<QSpinBox>(panel, "TCP_KEEPIDLE").setValue(1);
    child<QSpinBox>(panel, "TCP_KEEPINTVL").setValue(1);
    child<QSpinBox>(panel, "TCP_KEEPCNT").setValue(3);
    if (!says(forecast.text(), "Now: never given up") || !says(forecast.text(), "After Apply: next probe in"))
        return "forecast: " + forecast.text().toStdString();
    child<QPushButton>(panel, "applyChange").click();
    const auto proven = [&] { return says(answer.text(), "Now: its keepalive timer fires"); };
    if (!until(proven) || !says(answer.text(), "Before: no timer is running; never given up"))
        return "proof: " + answer.text().toStdString();
    return {};
}

std::string closeIt(MainWindow& window, std::uint64_t cookie, int socket) {
    window.select({cookie, ownNetns()});
    auto& close = child<QAction>(window, "closeConnection");
    if (!until([&] { return close.isEnabled(); }))
        return "closing is not offered";
    close.trigger();
    auto* box = window.findChild<QMessageBox*>();
    if (!box || !says(box->informativeText(), "ECONNABORTED"))
        return "question";
    for (auto* button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    const auto& answer = child<QLabel>(window.connections(), "answer");
    if (!until([&] { return says(answer.text(), "closed: the kernel has none of them any more"); }))
        return "answer: " + answer.text().toStdString();
    return errorOf(socket) == ECONNABORTED ? std::string() : "the program was told something else";
}

std::string play() {
    const NetnsId home = ownNetns();
    auto story = begin();
    if (!story)
        return "skip: " + inEnglish(story.error());
    if (ownNetns() == home)
        return "not in a namespace of its own";
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    int argc = 1;
    char name[] = "tst_actions_lab";
    char* argv[] = {name, nullptr};
    const QApplication app(argc, argv);
    QLocale::setDefault(QLocale::c());
    const QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    const auto sockets = openSocketBackend(nullptr);
    Session session(std::make_shared<History>());
    FakeServices fakes;
    MainWindow window({.send = [&](Order order) { session.send(std::move(order)); },
                       .tuning = fakes.tuning,
                       .sockets = *sockets,
                       .closer = {.destroys = true, .uid = 0},
                       .history = session.history(),
                       .notify = [](const WatchNotice&, const auto&) {},
                       .programs = fakes.programs});
    QObject::connect(&session, &Session::frameArrived, &window, &MainWindow::showFrame);
    window.showPage(window.connections());
    window.show();
    session.showMachine();
    const auto first = lab::cookieOf(story->first.near.get());
    const auto second = lab::cookieOf(story->second.near.get());
    if (!until([&] { return window.shownFrame() && window.shownFrame()->find(second); }))
        return "no frame";
    if (const auto wrong = turnOnKeepalive(window, first); !wrong.empty())
        return wrong;
    if (!story->hosts.silence(kPeer))
        return "the peer cannot be silenced";
    const auto& details = child<DetailsHead>(window);
    const auto recorded = [&] {
        return says(words(details), "closed: keepalive exhausted") &&
               says(words(details), "3 probes unanswered, noticed");
    };
    if (!until(recorded))
        return "record: " + words(details).toStdString();
    if (errorOf(story->first.near.get()) != ETIMEDOUT)
        return "the program was not told ETIMEDOUT";
    if (const auto wrong = closeIt(window, second, story->second.near.get()); !wrong.empty())
        return wrong;
    const auto ended = [&] {
        const auto record = window.history().find({second, ownNetns()});
        return record && record->ending == Ending::ClosedByHalfopen;
    };
    return until(ended) ? "played" : "the history does not know who closed it";
}

/// As whoever runs the tests; as nobody where that is root.
TEST(TheFoundingStory, isPlayedInTheWindow) {
    const bool root = ::geteuid() == 0;
    const std::string said = root ? inChild(play, kNobody) : inChild(play);
    if (said.starts_with("skip: "))
        SKIP_UNLESS_CI(said);
    EXPECT_EQ(said, "played");
}

} // namespace
} // namespace halfopen::test
