// SPDX-License-Identifier: GPL-3.0-or-later
// The same story in the window: everything is shown, the connection found by its container's name, told, and changed;
// then the settings of its container.
#include "app/halfopen/background_sockets.h"
#include "app/halfopen/session.h"
#include "app/halfopen/system_tuning.h"
#include "tests/lab/in_child.h"
#include "tests/podman/container.h"
#include "tests/ui/fake_services.h"
#include "tests/ui/tuning_values.h"
#include "ui/actions/change_panel.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/parts/netns_selector.h"
#include "ui/parts/notice_bar.h"
#include "ui/table/columns.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/tuning/apply_bar.h"
#include "ui/tuning/tuning_page.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

bool until(const std::function<bool()>& so) {
    return QTest::qWaitFor(so, 30'000);
}

/// A person before the window of this machine.
struct Person {
    const QTemporaryDir settings;
    std::unique_ptr<SocketOperations> sockets = openSocketBackend(nullptr);
    SystemTuning tuning{false, nullptr};
    Session session{std::make_shared<History>(), Monitor::Others::Later};
    FakeServices fakes;
    MainWindow window{{.send = [this](Order order) { session.send(std::move(order)); },
                       .tuning = tuning,
                       .sockets = *sockets,
                       .closer = {.destroys = ::geteuid() == 0, .uid = ::geteuid()},
                       .history = session.history(),
                       .notify = [](const WatchNotice&, const auto&) {},
                       .programs = fakes.programs}};

    Person() {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
        QObject::connect(&session, &Session::frameArrived, &window, &MainWindow::showFrame);
        window.showPage(window.connections());
        window.show();
        session.showMachine();
    }

    /// The connection as the table shows it; null: it does not.
    const Row* shown(int port) const {
        const FramePtr frame = window.shownFrame();
        for (std::size_t line = 0; frame && line < frame->shown.size(); ++line) {
            const Row& row = frame->shownRow(line);
            if (row.connection.remote.port == port && row.connection.state == State::Established)
                return &row;
        }
        return nullptr;
    }
    QStringList detailTexts() {
        QStringList texts;
        for (const auto* label : window.connections().details().findChildren<QLabel*>())
            texts << label->text();
        return texts;
    }
    bool detailsSay(const char* words) { return !detailTexts().filter(QLatin1String(words)).isEmpty(); }
};

/// @return what went wrong; "" if all went right
std::string find(Person& person, const std::string& name, int port) {
    auto& page = person.window.connections();
    const auto& elsewhere = child<NoticeBar>(page, "elsewhere");
    if (!until([&] { return !words(elsewhere).isEmpty(); }))
        return "nobody says that there are others";
    if (person.shown(port))
        return "it is shown as if it were here";
    QTest::mouseClick(elsewhere.findChild<QAbstractButton*>(), Qt::LeftButton);
    page.filterBar().setFilter(QStringLiteral("container:%1").arg(QString::fromStdString(name)));
    if (!until([&] { return person.shown(port) != nullptr; }))
        return "it is not found by its container's name";
    const Row& row = *person.shown(port);
    const FramePtr frame = person.window.shownFrame();
    if (frame->netnsOf(row).name != name || page.view().isColumnHidden(columnOf(SortKey::Netns)))
        return "it is called " + frame->netnsOf(row).name;
    person.window.select(frame->keyOf(row));
    return {};
}

std::string change(Person& person, int port) {
    child<QAction>(person.window, "changeKeepalive").trigger();
    const auto& panel = child<ChangePanel>(person.window);
    const auto& answer = child<QLabel>(panel, "changeAnswer");
    auto& idle = child<QSpinBox>(panel, "TCP_KEEPIDLE");
    if (!until([&] { return idle.isEnabled(); }))
        return "nothing can be changed";
    idle.setValue(60);
    child<QPushButton>(panel, "applyChange").click();
    const auto follows = [&] {
        const Row* row = person.shown(port);
        return row && row->options.idleSeconds == 60 && row->options.idleFrom == Provenance::Exact;
    };
    if (!until(follows))
        return "not changed: " + answer.text().toStdString();
    static const QRegularExpression kNow(QStringLiteral("Now: its keepalive timer fires in (1m|[1-5]?\\d s)"));
    const auto proven = [&] { return answer.text().contains(kNow); };
    if (!until(proven))
        return "proof: " + answer.text().toStdString();
    person.window.connections().details().setPage(0);
    const char* const comes =
        ::geteuid() == 0 ? "What goes out next comes before that" : "Its first probe goes out before that";
    if (!until([&] { return person.detailsSay(comes); }))
        return "details: " + person.detailTexts().join(QLatin1Char('|')).toStdString();
    return {};
}

constexpr KeepaliveDefaults kNew{120, 20, 4};

std::string tune(Person& person, std::uint32_t number) {
    person.window.netns().choose(number);
    TuningPage& page = child<TuningPage>(person.window);
    person.window.showPage(page);
    if (!until([&] { return inEffect(page) == KeepaliveDefaults{7200, 75, 9}; }))
        return "the page shows another namespace's values";
    page.edit(kNew);
    child<ApplyBar>(page).apply->click();
    return until([&] { return inEffect(page) == kNew; }) ? "" : "not applied";
}

std::string play(const std::string& name, int port) {
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    int argc = 1;
    char program[] = "tst_podman";
    char* argv[] = {program, nullptr};
    const QApplication app(argc, argv);
    QLocale::setDefault(QLocale::c());
    Person person;
    if (const auto wrong = find(person, name, port); !wrong.empty())
        return wrong;
    const std::uint32_t number = person.window.shownFrame()->netnsOf(*person.shown(port)).number;
    const char* const late = ::geteuid() == 0 ? "What goes out next comes too late" : "No probe goes out before that";
    if (!until([&] { return person.detailsSay(late); }))
        return "details: " + person.detailTexts().join(QLatin1Char('|')).toStdString();
    if (const auto wrong = change(person, port); !wrong.empty())
        return wrong;
    if (const auto wrong = tune(person, number); !wrong.empty())
        return wrong;
    return "played";
}

class PodmanWindow : public testing::TestWithParam<uid_t> {};

TEST_P(PodmanWindow, isPlayedInTheWindow) {
    const uid_t uid = GetParam();
    const std::string name = uid == 0 ? "web" : "shop";
    Container container(name, uid, uid == 0 ? 3 : 4);
    ASSERT_TRUE(container.runs());
    const int port = container.connectTo();
    ASSERT_NE(port, 0);
    const auto body = [&] {
        ::setenv("HOME", homeOf(uid).c_str(), 1);
        ::setenv("XDG_RUNTIME_DIR", fmt::format("/run/user/{}", uid).c_str(), 1);
        return play(name, port);
    };
    EXPECT_EQ(uid == 0 ? inChild(body) : inChild(body, uid), "played");
    EXPECT_EQ(container.keepaliveTime(), kNew.time);
}

INSTANTIATE_TEST_SUITE_P(Containers, PodmanWindow, testing::Values(uid_t{0}, kAlice), [](const auto& one) {
    return one.param == 0 ? std::string("rootful") : std::string("rootless");
});

} // namespace
} // namespace halfopen::test
