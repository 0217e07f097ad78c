// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a person does, in whatever order, while connections come and go: nothing is complained about, and nothing
// grows. HALFOPEN_SECONDS: goes on for so long; HALFOPEN_SEED: gives a run again, as far as the kernel does.
#include "app/halfopen/background_sockets.h"
#include "app/halfopen/session.h"
#include "app/halfopen/system_tuning.h"
#include "core/lab/laboratory.h"
#include "core/lab/running_scenario.h"
#include "core/lab/tcp_socket.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"
#include "ui/connections/connections_page.h"
#include "ui/history/history_page.h"
#include "ui/look/appearance.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"
#include "ui/window/pages.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

constexpr int kAtFirst = 6;       ///< seconds, where nobody says how long
constexpr auto kWarm = 0.4;       ///< of the time: what is kept has been filled by then
constexpr int kLongEnough = 300;  ///< seconds, to tell growth from noise
constexpr double kMayGrow = 1.15; ///< of the memory after warming up
constexpr int kChurned = 60;      ///< connections at a time that come and go

unsigned fromEnvironment(const char* name, unsigned otherwise) {
    const char* value = std::getenv(name);
    return value ? static_cast<unsigned>(std::strtoul(value, nullptr, 10)) : otherwise;
}

double residentMiB() {
    std::ifstream statm("/proc/self/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    statm >> all >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

/// A process of the laboratory that opens and closes connections to itself until this one ends.
pid_t churn() {
    const pid_t child = ::fork();
    if (child != 0)
        return child;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto at = Endpoint{*IpAddress::parse("127.0.0.1"), 4711};
    const auto listener = lab::listenAt(at);
    if (!listener)
        ::_exit(1);
    std::vector<UniqueFd> open;
    for (unsigned round = 0;; ++round) {
        UniqueFd near(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(at.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(near.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
            open.emplace_back(::accept(listener->get(), nullptr, nullptr));
            if (round % 3 == 0)
                lab::resetOnClose(near.get());
            open.push_back(std::move(near));
        }
        while (open.size() > kChurned)
            open.erase(open.begin());
        ::usleep(20'000);
    }
}

/// What Qt and the tester of the models complain about.
std::vector<std::string>& complaints() {
    static std::vector<std::string> all;
    return all;
}

void take(QtMsgType type, const QMessageLogContext&, const QString& message) {
    const bool harmless = message.contains(QLatin1String("This plugin does not support")) ||
                          message.contains(QLatin1String("XDG_RUNTIME_DIR"));
    if (type != QtDebugMsg && type != QtInfoMsg && !harmless && complaints().size() < 20)
        complaints().push_back(message.toStdString());
}

/// One that presses whatever there is. Each step goes its own way through the event loop, because some menus have a
/// loop of their own.
class Monkey final : public QObject {
public:
    Monkey(MainWindow& window, unsigned seed, std::chrono::seconds time)
        : m_window(window)
        , m_random(seed)
        , m_end(MonotonicClock::now() + time) {}

    void begin() { next(); }
    unsigned steps() const { return m_steps; }

private:
    int draw(int below) { return static_cast<int>(m_random() % static_cast<unsigned>(std::max(1, below))); }
    template <class T>
    T* oneOf(const QList<T*>& all) {
        return all.isEmpty() ? nullptr : all[draw(static_cast<int>(all.size()))];
    }

    void next() {
        QTimer::singleShot(draw(8) == 0 ? 40 : 2, this, [this] {
            if (MonotonicClock::now() >= m_end)
                return QApplication::quit();
            next(); // before it acts: it may end up in a menu
            ++m_steps;
            act();
        });
    }

    void act() {
        for (auto* files : m_window.findChildren<QFileDialog*>())
            files->reject(); // nothing is written
        if (auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget()))
            return inMenu(*menu);
        if (auto* popup = QApplication::activePopupWidget())
            return press(*popup);
        if (auto* modal = qobject_cast<QDialog*>(QApplication::activeModalWidget()))
            return inDialog(*modal);
        switch (draw(10)) {
        case 0:
        case 1:
        case 2:
            return click(m_window);
        case 3:
        case 4:
        case 5:
            return press(QApplication::focusWidget() ? *QApplication::focusWidget() : m_window);
        case 6:
            return trigger();
        case 7:
            return turnWheel();
        case 8:
            return draw(6) == 0 ? changeWindow() : drag();
        default:
            return inOtherWindow();
        }
    }

    void inMenu(QMenu& menu) {
        auto* action = oneOf(menu.actions());
        if (!action || isLeftOut(*action) || draw(3) == 0)
            QTest::keyClick(&menu, Qt::Key_Escape);
        else
            QTest::mouseClick(&menu, Qt::LeftButton, {}, menu.actionGeometry(action).center());
    }

    void inDialog(QDialog& dialog) {
        if (draw(3) == 0)
            return dialog.reject();
        click(dialog);
    }

    void inOtherWindow() {
        QList<QDialog*> open;
        for (auto* dialog : m_window.findChildren<QDialog*>())
            if (dialog->isVisible())
                open.append(dialog);
        auto* dialog = oneOf(open);
        if (!dialog)
            return click(m_window);
        draw(3) == 0 ? static_cast<void>(dialog->close()) : click(*dialog);
    }

    void click(QWidget& in) {
        QList<QWidget*> shown;
        for (auto* one : in.findChildren<QWidget*>())
            if (one->isVisible() && one->isEnabled() && !one->size().isEmpty() && one->window() == in.window())
                shown.append(one);
        auto* widget = oneOf(shown);
        if (!widget || qobject_cast<QMenuBar*>(widget))
            return;
        const QPoint at(draw(widget->width()), draw(widget->height()));
        const auto button = draw(5) == 0 ? Qt::RightButton : Qt::LeftButton;
        const auto keys = draw(6) == 0   ? Qt::KeyboardModifiers(Qt::ControlModifier)
                          : draw(6) == 0 ? Qt::KeyboardModifiers(Qt::ShiftModifier)
                                         : Qt::KeyboardModifiers();
        if (draw(8) == 0)
            QTest::mouseDClick(widget, Qt::LeftButton, {}, at);
        else
            QTest::mouseClick(widget, button, keys, at);
    }

    void press(QWidget& at) {
        static const std::array plain{Qt::Key_Up,   Qt::Key_Down,     Qt::Key_Left,     Qt::Key_Right,  Qt::Key_Tab,
                                      Qt::Key_Home, Qt::Key_End,      Qt::Key_Space,    Qt::Key_Escape, Qt::Key_Return,
                                      Qt::Key_Plus, Qt::Key_PageUp,   Qt::Key_PageDown, Qt::Key_Minus,  Qt::Key_Delete,
                                      Qt::Key_T,    Qt::Key_Asterisk, Qt::Key_Backspace};
        static const std::array withControl{Qt::Key_A, Qt::Key_C, Qt::Key_D, Qt::Key_F,       Qt::Key_G,
                                            Qt::Key_K, Qt::Key_L, Qt::Key_Z, Qt::Key_PageDown};
        static const QStringList words{QStringLiteral("psql"), QStringLiteral("state est"), QStringLiteral("idle>5"),
                                       QStringLiteral("("),    QStringLiteral("or"),        QStringLiteral("9")};
        const int kind = draw(10);
        if (kind < 6)
            QTest::keyClick(&at, plain[static_cast<std::size_t>(draw(plain.size()))]);
        else if (kind < 8)
            QTest::keyClick(&at, withControl[static_cast<std::size_t>(draw(withControl.size()))], Qt::ControlModifier);
        else if (kind < 9)
            QTest::keyClick(&at, static_cast<Qt::Key>(Qt::Key_1 + draw(4)), Qt::AltModifier);
        else if (qobject_cast<QLineEdit*>(&at) || qobject_cast<QAbstractItemView*>(&at))
            QTest::keyClicks(&at, words[draw(static_cast<int>(words.size()))]);
    }

    /// Asks for a file, leaves, or leads to a page of the web.
    static bool isLeftOut(const QAction& action) {
        static const QStringList names{QStringLiteral("quit"), QStringLiteral("openRecording"),
                                       QStringLiteral("openMachine")};
        return names.contains(action.objectName()) || action.text().contains(QLatin1String("Export")) ||
               action.text().contains(QLatin1String("ecording"));
    }

    void trigger() {
        QList<QAction*> all;
        for (auto* action : m_window.findChildren<QAction*>())
            if (action->isEnabled() && !action->isSeparator() && !action->menu() && !isLeftOut(*action) &&
                !action->text().isEmpty())
                all.append(action);
        if (auto* action = oneOf(all))
            action->trigger();
    }

    void turnWheel() {
        QList<QAbstractScrollArea*> areas;
        for (auto* area : m_window.findChildren<QAbstractScrollArea*>())
            if (area->isVisible())
                areas.append(area);
        auto* area = oneOf(areas);
        if (!area)
            return;
        const QPointF at(area->viewport()->rect().center());
        QWheelEvent event(at, area->viewport()->mapToGlobal(at), {}, {0, draw(2) ? 240 : -240}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(area->viewport(), &event);
    }

    void drag() {
        QList<QWidget*> shown;
        for (auto* one : m_window.findChildren<QWidget*>())
            if (one->isVisible() && one->isEnabled() && !one->size().isEmpty())
                shown.append(one);
        auto* widget = oneOf(shown);
        if (!widget)
            return;
        const QPoint from(draw(widget->width()), draw(widget->height()));
        const QPoint to = from + QPoint(draw(200) - 100, draw(120) - 60);
        QTest::mousePress(widget, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, widget->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(widget, &move);
        QTest::mouseRelease(widget, Qt::LeftButton, {}, to);
    }

    void changeWindow() {
        switch (draw(5)) {
        case 0:
            m_window.hide();
            QTimer::singleShot(30, &m_window, [this] { m_window.show(); });
            return;
        case 1:
            return m_window.setAppearance(kAppearances[static_cast<std::size_t>(draw(kAppearances.size()))]);
        default:
            m_window.resize(720 + draw(1400), 480 + draw(700));
        }
    }

    MainWindow& m_window;
    std::mt19937 m_random;
    MonotonicTime m_end;
    unsigned m_steps = 0;
};

std::string play(unsigned seed, std::chrono::seconds time) {
    auto hosts = lab::Laboratory::open();
    if (!hosts)
        return "skip: " + inEnglish(hosts.error());
    const auto running = lab::RunningScenario::begin(*hosts, lab::everyDiagnosis(hosts->hasIpv6()));
    if (!running)
        return "skip: " + inEnglish(running.error());
    const pid_t churning = churn();
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    int argc = 1;
    char name[] = "tst_monkey";
    char* argv[] = {name, nullptr};
    const QApplication app(argc, argv);
    qInstallMessageHandler(take);
    QLocale::setDefault(QLocale::c());
    const QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    apply(Appearance::Light);
    const auto sockets = openSocketBackend(nullptr);
    SystemTuning tuning(true, nullptr);
    DesktopPrograms programs;
    Session session(std::make_shared<History>());
    MainWindow window({.send = [&](Order order) { session.send(std::move(order)); },
                       .tuning = tuning,
                       .sockets = *sockets,
                       .closer = {.destroys = true, .uid = 0},
                       .history = session.history(),
                       .notify = [](const WatchNotice&, const auto&) {},
                       .programs = programs,
                       .laboratory = true});
    for (auto* view : window.findChildren<QTableView*>()) // those of this program
        new QAbstractItemModelTester(view->model(), QAbstractItemModelTester::FailureReportingMode::Warning,
                                     view->model());
    QObject::connect(&session, &Session::frameArrived, &window, &MainWindow::showFrame);
    window.show();
    session.showMachine();
    Monkey monkey(window, seed, time);
    double warm = 0;
    QTimer::singleShot(std::chrono::duration_cast<std::chrono::milliseconds>(time * kWarm),
                       [&] { warm = residentMiB(); });
    QTimer::singleShot(500, [&] { monkey.begin(); });
    QApplication::exec();
    const double end = residentMiB();
    ::kill(churning, SIGKILL);
    ::waitpid(churning, nullptr, 0);
    fmt::print("{} steps in {} s, {:.1f} MiB once warm, {:.1f} MiB at the end\n", monkey.steps(), time.count(), warm,
               end);
    std::fflush(stdout);
    std::string wrong;
    for (const auto& one : complaints())
        wrong += one + "\n";
    if (monkey.steps() < 10)
        wrong += "it did nothing\n";
    if (time.count() >= kLongEnough && end > warm * kMayGrow)
        wrong += fmt::format("it has grown from {:.1f} to {:.1f} MiB\n", warm, end);
    return wrong.empty() ? "played" : wrong;
}

/// As whoever runs the tests; as nobody where that is root.
TEST(TheWindow, takesWhateverAPersonDoes) {
    const auto seconds = std::chrono::seconds(fromEnvironment("HALFOPEN_SECONDS", kAtFirst));
    const unsigned seed = fromEnvironment("HALFOPEN_SEED", std::random_device()() % 1'000'000);
    fmt::print("HALFOPEN_SEED={}\n", seed);
    std::fflush(stdout);
    const auto body = [&] { return play(seed, seconds); };
    const std::string said = ::geteuid() == 0 ? inChild(body, kNobody) : inChild(body);
    if (said.starts_with("skip: "))
        SKIP_UNLESS_CI(said);
    EXPECT_EQ(said, "played") << "HALFOPEN_SEED=" << seed;
}

} // namespace
} // namespace halfopen::test
