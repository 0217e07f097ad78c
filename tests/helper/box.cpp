// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/helper/box.h"

#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/model/boot_configuration.h"
#include "core/model/keepalive_defaults.h"
#include "tests/helper/log_daemon.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QElapsedTimer>
#include <QFile>

#include <unistd.h>

#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

namespace halfopen {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr const char* kBusSocket = "/run/dbus/system_bus_socket";

std::unique_ptr<QProcess>& busDaemon() {
    static std::unique_ptr<QProcess> daemon;
    return daemon;
}

std::unique_ptr<LogDaemon>& logDaemon() {
    static std::unique_ptr<LogDaemon> daemon;
    return daemon;
}

/// One call to the bus itself, over a connection that lives only for it (the daemon is restarted between tests).
QDBusMessage askBus(const QString& method, const QVariantList& arguments = {}) {
    const QString name = QStringLiteral("box");
    QDBusMessage reply;
    {
        QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SystemBus, name);
        QDBusMessage call = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"),
                                                           QStringLiteral("/org/freedesktop/DBus"),
                                                           QStringLiteral("org.freedesktop.DBus"), method);
        call.setArguments(arguments);
        reply = bus.call(call);
    }
    QDBusConnection::disconnectFromBus(name);
    return reply;
}

void writeRules() {
    std::ofstream("/etc/polkit-1/rules.d/10-test.rules") << R"(
        polkit.addRule(function(action, subject) {
            if (action.id.indexOf("org.halfopen.helper.") != 0)
                return polkit.Result.NOT_HANDLED;
            if (subject.user == "dave" && action.lookup("time") == "601" && action.lookup("interval") == "31" &&
                action.lookup("probes") == "6" && action.lookup("persist") == "yes")
                return polkit.Result.YES;
            if (subject.user == "dave" && action.id == "org.halfopen.helper.inspect-sockets")
                return polkit.Result.YES;
            if (subject.user == "dave" && action.id == "org.halfopen.helper.set-socket-options" &&
                action.lookup("idle") == "61" && action.lookup("keepalive") == "on" && action.lookup("uid") == "0" &&
                !action.lookup("probes"))
                return polkit.Result.YES;
            if (subject.user == "alice" && action.id == "org.halfopen.helper.inspect-sockets")
                return polkit.Result.AUTH_ADMIN_KEEP;
            if (subject.user == "alice" || subject.user == "dave")
                return polkit.Result.AUTH_ADMIN;
            if (subject.user == "bob")
                return polkit.Result.YES;
            if (subject.user == "carol")
                return polkit.Result.NO;
            return polkit.Result.NOT_HANDLED;
        });)";
    ::chmod("/etc/polkit-1/rules.d/10-test.rules", 0644);
}

template <class Condition>
bool eventually(Condition condition, milliseconds limit = milliseconds(5000)) {
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.hasExpired(limit.count()))
            return false;
        std::this_thread::sleep_for(milliseconds(5));
    }
    return true;
}

} // namespace

Client::Client(const QString& user, const QStringList& wrapper) {
    QStringList words = wrapper;
    words << QStringLiteral("setpriv") << QStringLiteral("--reuid") << user << QStringLiteral("--regid") << user
          << QStringLiteral("--init-groups") << QStringLiteral("env") << QStringLiteral("-i")
          << QStringLiteral("PATH=/usr/bin:/bin") << QStringLiteral(BOX_BIN_DIR "/box_client");
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(words.takeFirst(), words);
    m_pid = waitFor(QStringLiteral("READY ")).toLongLong();
    EXPECT_GT(m_pid, 0) << "no client as " << user.toStdString();
}

Client::~Client() {
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(3000))
        kill();
}

void Client::kill() {
    m_process.kill();
    m_process.waitForFinished(3000);
}

void Client::send(const QString& line) {
    m_process.write(line.toUtf8() + '\n');
    m_process.waitForBytesWritten(1000);
}

QString Client::begin(const QString& verb, const QString& words) {
    const QString id = QString::number(++m_last);
    send(verb + QLatin1Char(' ') + id + QLatin1Char(' ') + words);
    return id;
}

QString Client::answer(const QString& id, int milliseconds) {
    return waitFor(QStringLiteral("DONE %1 ").arg(id), milliseconds);
}

QString Client::ask(const QString& verb, const QString& words, int milliseconds) {
    return answer(begin(verb, words), milliseconds);
}

QString Client::waitFor(const QString& beginning, int milliseconds) {
    QElapsedTimer timer;
    timer.start();
    for (;;) {
        while (m_process.canReadLine())
            m_lines << QString::fromUtf8(m_process.readLine()).trimmed();
        for (qsizetype line = 0; line < m_lines.size(); ++line)
            if (m_lines.at(line).startsWith(beginning) || m_lines.at(line) == beginning.trimmed())
                return m_lines.takeAt(line).mid(beginning.size());
        const auto left = milliseconds - timer.elapsed();
        if (left <= 0 ||
            (!m_process.waitForReadyRead(static_cast<int>(left)) && m_process.state() == QProcess::NotRunning))
            return {};
    }
}

QString setCall(const KeepaliveDefaults& values, bool persist, bool dialog, const QString& connection) {
    return QStringLiteral("%1 %2 0 SetKeepaliveDefaults t:own i:%3 i:%4 i:%5 b:%6")
        .arg(connection, dialog ? QStringLiteral("dialog") : QStringLiteral("nodialog"))
        .arg(values.time)
        .arg(values.interval)
        .arg(values.probes)
        .arg(persist ? 1 : 0);
}

QString forgetCall(bool dialog) {
    return QStringLiteral("0 %1 0 ForgetKeepaliveDefaults t:own")
        .arg(dialog ? QStringLiteral("dialog") : QStringLiteral("nodialog"));
}

void BoxTest::SetUp() {
    setLive(kKernel);
    fs::remove_all(std::string(kDropInPath));
    newLogLines();
    ASSERT_TRUE(fs::exists(kBusSocket));
}

KeepaliveDefaults BoxTest::live() {
    return readKeepaliveDefaults().value();
}

void BoxTest::setLive(const KeepaliveDefaults& values) {
    ASSERT_EQ(applyKeepaliveDefaults(values, false).value(), values);
}

bool BoxTest::hasDropIn() {
    return fs::exists(fs::symlink_status(std::string(kDropInPath)));
}

std::unique_ptr<Client> BoxTest::agentFor(const Client& client, const QString& user, const QString& mode) {
    auto agent = std::make_unique<Client>(user);
    agent->send(QStringLiteral("agent %1 %2").arg(client.pid()).arg(mode));
    const QString answer = agent->waitFor(QStringLiteral("REGISTERED"));
    EXPECT_FALSE(answer.isNull()) << "the agent was not registered: "
                                  << agent->waitFor(QStringLiteral("NOT"), 0).toStdString();
    return agent;
}

qint64 BoxTest::pidOf(const QString& service) {
    const QDBusMessage reply = askBus(QStringLiteral("GetConnectionUnixProcessID"), {service});
    return reply.type() == QDBusMessage::ReplyMessage ? reply.arguments().constFirst().toLongLong() : 0;
}

bool BoxTest::isRunning(qint64 pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string number;
    std::string name;
    char state = 'Z';
    file >> number >> name >> state;
    return state != 'Z';
}

void BoxTest::killService(const QString& service, int signal) {
    const qint64 pid = pidOf(service);
    if (pid == 0)
        return;
    ::kill(static_cast<pid_t>(pid), signal);
    EXPECT_TRUE(eventually([&] { return pidOf(service) != pid; })) << service.toStdString() << " did not end";
}

void BoxTest::reloadBus() {
    EXPECT_EQ(askBus(QStringLiteral("ReloadConfig")).type(), QDBusMessage::ReplyMessage);
}

QStringList BoxTest::newLogLines() {
    return logDaemon()->take();
}

void BoxTest::readLog(bool read) {
    if (read)
        logDaemon()->resume();
    else
        logDaemon()->pause();
}

QString BoxTest::run(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    EXPECT_TRUE(process.waitForFinished(20000)) << program.toStdString();
    EXPECT_EQ(process.exitCode(), 0) << program.toStdString() << ": " << process.readAllStandardError().toStdString();
    return QString::fromUtf8(process.readAllStandardOutput());
}

Without::Without(QString path)
    : m_path(std::move(path)) {
    fs::rename(m_path.toStdString(), "/root/moved-away");
}

Without::~Without() {
    fs::rename("/root/moved-away", m_path.toStdString());
}

OtherHelper::OtherHelper(const char* program)
    : m_installed(QStringLiteral("/usr/libexec/halfopen-helper")) {
    BoxTest::killService(QStringLiteral("org.halfopen.Helper1"), SIGKILL);
    fs::copy_file(fs::path(BOX_BIN_DIR) / program, "/usr/libexec/halfopen-helper");
}

OtherHelper::~OtherHelper() {
    BoxTest::killService(QStringLiteral("org.halfopen.Helper1"), SIGKILL);
    fs::remove("/usr/libexec/halfopen-helper");
}

void Box::SetUp() {
    logDaemon() = std::make_unique<LogDaemon>();
    writeRules();
    startBus();
}

void Box::TearDown() {
    stopBus();
    logDaemon().reset();
}

void Box::startBus() {
    busDaemon() = std::make_unique<QProcess>();
    busDaemon()->setStandardErrorFile(QStringLiteral("/run/dbus.log"));
    busDaemon()->start(QStringLiteral("dbus-daemon"), {QStringLiteral("--system"), QStringLiteral("--nofork"),
                                                       QStringLiteral("--nopidfile"), QStringLiteral("--nosyslog")});
    ASSERT_TRUE(eventually([] { return fs::exists(kBusSocket); }));
}

void Box::stopBus() {
    if (!busDaemon())
        return;
    busDaemon()->kill();
    busDaemon()->waitForFinished(3000);
    busDaemon().reset();
    fs::remove(kBusSocket);
}

} // namespace halfopen
