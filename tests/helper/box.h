// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_defaults.h"

#include <QProcess>
#include <QString>
#include <QStringList>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

namespace halfopen {

/// What polkit decides about each user in the box (10-test.rules).
///   alice, dave: an administrator must authenticate   bob: yes   carol: no   erin: the policy's defaults
///   dave: yes to exactly 601, 31, 6, kept; to reading sockets; to keepalive on and idle 61, no probes, of a socket of
///   root
/// alice is an administrator, her password is "pw".

/// A box_client that runs as some user; see there for its commands.
class Client {
public:
    /// @param wrapper  words before the client's own, such as {"unshare", "-n"}
    explicit Client(const QString& user, const QStringList& wrapper = {});
    ~Client();

    void send(const QString& line);

    /// Sends "VERB ID WORDS" and waits for what stands behind "DONE ID ".
    QString ask(const QString& verb, const QString& words = {}, int milliseconds = 10000);

    /// Begins without waiting; the answer is collected by answer(id).
    QString begin(const QString& verb, const QString& words = {});
    QString answer(const QString& id, int milliseconds = 10000);

    /// The first line that begins so and was not taken yet; empty if none comes in time.
    QString waitFor(const QString& beginning, int milliseconds = 10000);

    qint64 pid() const { return m_pid; }
    void kill(); ///< SIGKILL, and waits for its end

private:
    QProcess m_process;
    QStringList m_lines;
    qint64 m_pid = 0;
    int m_last = 0;
};

/// "call" words for SetKeepaliveDefaults with the caller's own namespace.
QString setCall(const KeepaliveDefaults& values, bool persist = false, bool dialog = true,
                const QString& connection = QStringLiteral("0"));
QString forgetCall(bool dialog = true);

inline constexpr KeepaliveDefaults kKernel{7200, 75, 9};
inline constexpr KeepaliveDefaults kWanted{600, 30, 5};

// Users of the box, and words that Client::begin() takes.
inline const QString kAlice = QStringLiteral("alice");
inline const QString kBob = QStringLiteral("bob");
inline const QString kCarol = QStringLiteral("carol");
inline const QString kDave = QStringLiteral("dave");
inline const QString kCall = QStringLiteral("call");
inline const QString kOps = QStringLiteral("ops");
inline const QString kOpsWanted = QStringLiteral("600 30 5 0"); ///< kWanted, not to be kept
inline const QString kPassword = QStringLiteral("password pw");
inline const QString kHelper = QStringLiteral("org.halfopen.Helper1");

/// Every test begins with the kernel's values, no drop-in, everything installed, and the bus and polkit running.
class BoxTest : public testing::Test {
public:
    static void killService(const QString& service, int signal);

protected:
    void SetUp() override;

    static KeepaliveDefaults live();
    static void setLive(const KeepaliveDefaults& values);
    static bool hasDropIn();

    /// An agent for `client` that runs as the same user and does as `mode` says.
    static std::unique_ptr<Client> agentFor(const Client& client, const QString& user, const QString& mode);

    static qint64 pidOf(const QString& service); ///< 0 if nobody owns the name
    static bool isRunning(qint64 pid);           ///< a zombie is not: nobody in the box collects orphans
    static void reloadBus();                     ///< has dbus-daemon read its service and configuration files again
    static QStringList newLogLines();            ///< of the helper, since the last call
    static void readLog(bool read);              ///< false: /dev/log fills up, as under a log daemon that hangs

    /// Runs a program as root and gives its output; a failure of it fails the test.
    static QString run(const QString& program, const QStringList& arguments);
};

/// Moves a file away and back.
class Without {
public:
    explicit Without(QString path);
    ~Without();
    Without(const Without&) = delete;
    Without& operator=(const Without&) = delete;

private:
    QString m_path;
};

/// Another program of this build stands in the place of the installed helper.
class OtherHelper {
public:
    explicit OtherHelper(const char* program);
    ~OtherHelper();
    OtherHelper(const OtherHelper&) = delete;
    OtherHelper& operator=(const OtherHelper&) = delete;

private:
    Without m_installed;
};

/// Starts dbus-daemon with its stock configuration and listens on /dev/log.
class Box : public testing::Environment {
public:
    void SetUp() override;
    void TearDown() override;

    static void startBus();
    static void stopBus();
};

} // namespace halfopen
