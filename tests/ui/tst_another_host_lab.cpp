// SPDX-License-Identifier: GPL-3.0-or-later
// Another machine in the window, by a real sshd: it is this machine's own network once more.
#include "app/halfopen/session.h"
#include "core/kernel/netns/netns_id.h"
#include "tests/core/loopback_test.h"
#include "tests/ctl/ssh_server.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/parts/host_selector.h"
#include "ui/parts/notice_bar.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>

namespace halfopen::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// One application for all tests, as long as the process: Qt's own statics are gone before ours.
void makeApplication() {
    static int argc = 1;
    static char name[] = "tst_another_host_lab";
    static char* argv[] = {name, nullptr};
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    [[maybe_unused]] static const auto* const app = new QApplication(argc, argv);
}

std::string textOf(const std::string& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

class RemoteWindow : public LoopbackTest {
protected:
    void SetUp() override {
        LoopbackTest::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        if (const auto why = SshServer::whyNot())
            SKIP_UNLESS_CI(*why);
        setenv("PATH", (far.directory().string() + ":/usr/bin:/bin").c_str(), 1);
        unsetenv("SSH_AUTH_SOCK");
        makeApplication();
        QLocale::setDefault(QLocale::c());
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
        session = std::make_unique<Session>(std::make_shared<History>());
        auto services = fakes.services();
        services.send = [this](Order order) { session->send(std::move(order)); };
        services.history = session->history();
        services.openMachine = [this] { session->showMachine(); };
        services.openHost = [this](const QString& host) { session->showHost(host); };
        window = std::make_unique<MainWindow>(services);
        QObject::connect(session.get(), &Session::frameArrived, window.get(), &MainWindow::showFrame);
        QObject::connect(session.get(), &Session::sourceChanged, window.get(), &MainWindow::setSource);
        window->showPage(window->connections());
        window->show();
    }
    /// As long as a loaded machine takes.
    static bool until(const std::function<bool()>& so) { return QTest::qWaitFor(so, 60'000); }
    SocketKey mine(const Frame& frame) const { return {cookie, ownNetns(), frame.inView().host->host}; }
    const Row* row() const {
        const auto& frame = window->shownFrame();
        return frame ? frame->find(mine(*frame)) : nullptr;
    }
    std::string line() { return words(child<NoticeBar>(*window, "source")).toStdString(); }
    bool says(const char* text) { return line().find(text) != std::string::npos; }
    bool isThere() { return says("Nothing is changed there") && !window->shownFrame()->error && row(); }

    QTemporaryDir settings;
    SshServer far;
    FakeServices fakes;
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
};

TEST_F(RemoteWindow, showsTheOtherMachineAndALostLineMendsByItself) {
    const std::string told = (far.directory() / "pid").string();
    const std::string wrapped = far.program("halfopenctl", fmt::format("echo $$ > {}; exec {} \"$@\"", told, kProgram));
    ASSERT_EQ(far.start({.path = wrapped, .saysBefore = {}, .forced = {}}), "");
    session->showHost(QStringLiteral("far"));
    EXPECT_EQ(window->windowTitle(), QStringLiteral("far - Halfopen"));
    ASSERT_TRUE(until([&] { return isThere(); })) << line();
    EXPECT_NE(window->shownFrame()->inView().host->host, 0U);
    EXPECT_TRUE(until([&] { return row()->ownerUnknown == OwnerUnknown::Known; })) << "it tells of owners, too";

    pid_t pid = 0;
    std::ifstream(told) >> pid;
    ASSERT_GT(pid, 0);
    ::kill(pid, SIGKILL);
    ASSERT_TRUE(until([&] { return says("The connection to far is lost"); })) << line();
    EXPECT_THAT(line(), AllOf(HasSubstr("These rows are from"), HasSubstr("Last heard")));
    EXPECT_TRUE(row()) << "its rows stay";
    ASSERT_TRUE(until([&] { return isThere(); })) << line();

    session->showMachine();
    EXPECT_TRUE(until([&] { return window->shownFrame()->isHere(); }));
    EXPECT_EQ(window->windowTitle(), QStringLiteral("Halfopen"));
}

TEST_F(RemoteWindow, whatItHasToldIsRecorded) {
    ASSERT_EQ(far.start(), "");
    session->showHost(QStringLiteral("far"));
    ASSERT_TRUE(until([&] { return isThere(); })) << line();
    const auto file = QString::fromStdString((far.directory() / "far.dump").string());
    const auto sockets = session->recorder(file, window->shownFrame())();
    ASSERT_TRUE(sockets) << inEnglish(sockets.error());
    EXPECT_GE(sockets->sockets, 3U);
    const auto read = readRecording(file, {});
    ASSERT_TRUE(read) << inEnglish(read.error());
    EXPECT_NE((*read)->find(cookie), nullptr);
}

TEST_F(RemoteWindow, whatHalfopenctlWouldTellIsToldAndItCanBeAskedAgain) {
    ASSERT_EQ(far.start({.path = far.program("sh", "exit 127"), .saysBefore = {}, .forced = {}}), "");
    auto& selector = child<HostSelector>(*window);
    selector.lineEdit()->selectAll();
    QTest::keyClicks(selector.lineEdit(), QStringLiteral("far"));
    QTest::keyClick(selector.lineEdit(), Qt::Key_Return);
    ASSERT_TRUE(until([&] { return says("There is neither halfopenctl nor ss"); })) << line();
    far.forgetHost();
    auto& again = *child<NoticeBar>(*window, "source").findChild<QToolButton*>();
    again.click();
    ASSERT_TRUE(until([&] { return says("far has a host key that is not known here"); })) << line();
    far.changeKnownHost();
    again.click();
    ASSERT_TRUE(until([&] { return says("is not the machine that it was"); })) << line();
    EXPECT_EQ(again.text(), QStringLiteral("Try Again"));
}

TEST_F(RemoteWindow, sshAsksByAProgramWhetherAHostKeyIsRight) {
    const std::string asked = (far.directory() / "asked").string();
    const std::string folder =
        far.program("ask", fmt::format("echo \"$HALFOPEN_ASKED_BY_SSH $1\" > {}; echo yes", asked));
    ASSERT_EQ(far.start(), "");
    far.forgetHost();
    session->setAskedBy(QString::fromStdString(folder + "/ask"));
    session->showHost(QStringLiteral("far"));
    ASSERT_TRUE(until([&] { return isThere(); })) << line();
    EXPECT_THAT(textOf(asked), AllOf(HasSubstr("1 The authenticity of host"), HasSubstr("(yes/no/[fingerprint])?")));
}

TEST_F(RemoteWindow, theIntervalIsThatOfTheWindow) {
    const std::string heard = (far.directory() / "heard").string();
    const std::string wrapped = far.program("halfopenctl", fmt::format("tee {} | {} \"$@\"", heard, kProgram));
    ASSERT_EQ(far.start({.path = wrapped, .saysBefore = {}, .forced = {}}), "");
    session->showHost(QStringLiteral("far"));
    ASSERT_TRUE(until([&] { return isThere(); })) << line();
    child<QComboBox>(*window, "interval").setCurrentIndex(0);
    Q_EMIT child<QComboBox>(*window, "interval").activated(0);
    EXPECT_TRUE(until([&] { return textOf(heard).find("interval 250ms\n") != std::string::npos; }));
}

TEST_F(RemoteWindow, whoIsLeftWhileItIsAskedIsNotWaitedFor) {
    const std::string silent = far.program("halfopenctl", "exec sleep 60");
    ASSERT_EQ(far.start({.path = silent, .saysBefore = {}, .forced = {}}), "");
    session->showHost(QStringLiteral("far"));
    EXPECT_TRUE(says("far is being asked"));
    session->showMachine();
    ASSERT_TRUE(until([&] { return row() != nullptr; }));
    EXPECT_TRUE(window->shownFrame()->isHere());
    session->showHost(QStringLiteral("-oProxyCommand=id"));
    EXPECT_EQ(window->windowTitle(), QStringLiteral("Halfopen")) << "no machine is called so";
}

} // namespace
} // namespace halfopen::test
