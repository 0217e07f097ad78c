// SPDX-License-Identifier: GPL-3.0-or-later
// A caller of the helper that a test drives line by line: commands on stdin, answers on stdout. Runs as any user.
//   call ID CONNECTION dialog|nodialog TIMEOUT_MS METHOD ARGUMENT...   raw; arguments "i:5", "u:5", "t:4026531840",
//                                                          "t:own", "b:1", "x:..", "s:..", "a:1,2" (cookies), "a:"
//   ops ID TIME INTERVAL PROBES PERSIST | opsforget ID | cancel ID     through BusOperations
//   opstry ID TIME INTERVAL PROBES SECONDS | opskeep ID | opsback ID   likewise; of the last trial
//   look ID PID   into the network namespace of that process, likewise: its cookie, its tcp_keepalive_time, and what
//   the
//                 sockets show that were opened there
//   settings ID COOKIE TIMES   of that namespace, named so often: how many came   likewise
//   inspect ID dialog|nodialog COOKIE[,COOKIE...] | close ID COOKIE[,COOKIE...]      likewise; cookies are decimal
//   ended ID PORT   by them, in a connection to that port that somebody ends: what each side is told of it
//   exact ID PORT   the programs that read every socket, likewise; then by them the listener at that port: its idle
//                   time, and where the sample is from
//   again ID PORT   the same by the programs of before, without the helper
//   guard ID UNIT IDLE INTERVAL PROBES USER_TIMEOUT PERSIST | unguard ID UNIT | guards ID   likewise; "*": every one
//   options ID COOKIE[,COOKIE...] KEEPALIVE IDLE INTERVAL PROBES USER_TIMEOUT                    likewise; "-": leave
//   it sync ID | get ID NAME | setproperty ID | introspect ID | nointerface ID | own ID leave CONNECTION | locale
//   LOCALE | agent PID MODE... | answer MODE... | quit
#include "app/bus/bus_names.h"
#include "app/bus/bus_netns.h"
#include "app/bus/bus_operations.h"
#include "app/bus/bus_types.h"
#include "core/actions/direct_operations.h"
#include "core/kernel/bpf/end_ring.h"
#include "core/kernel/bpf/exact_source.h"
#include "core/kernel/netns/netns_id.h"
#include "tests/helper/box_words.h"
#include "tests/helper/scripted_agent.h"

#include <QCoreApplication>
#include <QDBusConnectionInterface>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QMap>
#include <QSocketNotifier>
#include <QTextStream>

#include <poll.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <iostream>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace halfopen {
namespace {

void say(const QString& line) {
    std::cout << line.toStdString() << std::endl;
}

QList<qulonglong> cookiesOf(const QString& text) {
    QList<qulonglong> cookies;
    for (const QString& number : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        cookies.append(number.toULongLong());
    return cookies;
}

/// Nothing for "-".
std::optional<std::int32_t> numberOf(const QString& word) {
    return word == QLatin1String("-") ? std::nullopt : std::optional<std::int32_t>(word.toInt());
}

QVariant argumentOf(const QString& word) {
    const QString text = word.mid(2);
    switch (word.isEmpty() ? '\0' : word.at(0).toLatin1()) {
    case 'i':
        return text.toInt();
    case 'u':
        return text.toUInt();
    case 't':
        return QVariant::fromValue<qulonglong>(text == QLatin1String("own") ? ownNetnsCookie() : text.toULongLong());
    case 'x':
        return QVariant::fromValue<qlonglong>(text.toLongLong());
    case 'b':
        return text == QLatin1String("1");
    case 'a':
        return QVariant::fromValue(cookiesOf(text));
    default:
        return text;
    }
}

class Client : public QObject {
public:
    Client() {
        connect(&m_input, &QSocketNotifier::activated, this, &Client::readLines);
        say(QStringLiteral("READY %1").arg(QCoreApplication::applicationPid()));
    }

private:
    void readLines() {
        char buffer[4096];
        const ssize_t size = ::read(0, buffer, sizeof buffer);
        if (size <= 0)
            return QCoreApplication::exit(0);
        m_pending.append(buffer, size);
        for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n')) {
            const QString line = QString::fromUtf8(m_pending.left(end));
            m_pending.remove(0, end + 1);
            obey(line.split(QLatin1Char(' ')));
        }
    }

    void obey(const QStringList& words) {
        const QString verb = words.value(0);
        const QString id = words.value(1);
        if (verb == QLatin1String("call"))
            call(id, words);
        else if (verb == QLatin1String("ops"))
            ops(id, words);
        else if (verb == QLatin1String("opsforget"))
            m_tokens[id] = m_operations.forgetKeepaliveDefaults(
                ownNetns(), [id](const Outcome<void>& outcome) { report(id, outcome, QStringLiteral("OK")); });
        else if (verb == QLatin1String("inspect"))
            m_tokens[id] =
                m_operations.inspect(ownNetns(), vectorOf(words.value(3)), words.value(2) == QLatin1String("dialog"),
                                     [id](const Outcome<std::vector<SocketReading>>& outcome) {
                                         report(id, outcome, describeAll(outcome));
                                     });
        else if (verb == QLatin1String("close"))
            m_tokens[id] = m_operations.close(
                ownNetns(), vectorOf(words.value(2)),
                [id](const Outcome<std::vector<CloseResult>>& outcome) { report(id, outcome, describeAll(outcome)); });
        else if (verb == QLatin1String("look"))
            look(id, words.value(2));
        else if (verb == QLatin1String("settings"))
            m_operations.readSettings(std::vector<std::uint64_t>(words.value(3).toUInt(), words.value(2).toULongLong()),
                                      [id](const Outcome<std::vector<NetnsSettings>>& outcome) {
                                          report(id, outcome,
                                                 QStringLiteral("OK %1").arg(outcome ? outcome->size() : 0));
                                      });
        else if (verb == QLatin1String("exact"))
            m_tokens[id] = m_operations.openExactSource(
                [this, id, port = words.value(2).toUShort()](const Outcome<ExactProgramsPtr>& programs) {
                    m_programs = programs.value_or(nullptr);
                    report(id, programs, programs ? listenerAt(port) : QString());
                });
        else if (verb == QLatin1String("again"))
            say(QStringLiteral("DONE %1 %2").arg(id, listenerAt(words.value(2).toUShort())));
        else if (verb == QLatin1String("ended"))
            say(QStringLiteral("DONE %1 %2").arg(id, endsAt(words.value(2).toUShort())));
        else if (verb == QLatin1String("options"))
            options(id, words);
        else if (verb == QLatin1String("guard"))
            guard(id, words);
        else if (verb == QLatin1String("unguard"))
            m_tokens[id] = m_operations.forgetGuard(
                unitCalled(words.value(2).toStdString()).value_or(""),
                [id](const Outcome<void>& outcome) { report(id, outcome, QStringLiteral("OK")); });
        else if (verb == QLatin1String("guards"))
            m_tokens[id] = m_operations.listGuards([id](const Outcome<GuardList>& outcome) {
                report(id, outcome, QStringLiteral("OK ") + describe(outcome.value_or(GuardList())));
            });
        else if (verb == QLatin1String("opstry"))
            tryOut(id, words);
        else if (verb == QLatin1String("opskeep"))
            m_operations.keepTrial(m_trial, [id](const Outcome<KeepaliveDefaults>& outcome) {
                report(id, outcome, QStringLiteral("OK ") + describe(outcome.value_or(KeepaliveDefaults())));
            });
        else if (verb == QLatin1String("opsback"))
            m_operations.takeBackTrial(m_trial, [id](const Outcome<KeepaliveDefaults>& outcome) {
                report(id, outcome, QStringLiteral("OK ") + describe(outcome.value_or(KeepaliveDefaults())));
            });
        else if (verb == QLatin1String("cancel"))
            m_operations.cancel(m_tokens[id]);
        else if (verb == QLatin1String("sync"))
            say(QStringLiteral("DONE %1 %2")
                    .arg(id)
                    .arg(connection(QStringLiteral("0")).interface()->registeredServiceNames().value().size()));
        else if (verb == QLatin1String("leave"))
            QDBusConnection::disconnectFromBus(QStringLiteral("raw") + id);
        else if (verb == QLatin1String("own"))
            say(QStringLiteral("DONE %1 %2")
                    .arg(id, connection(QStringLiteral("0")).registerService(kHelperService)
                                 ? QStringLiteral("OK")
                                 : QStringLiteral("REFUSED")));
        else if (verb == QLatin1String("agent"))
            agent(words);
        else if (verb == QLatin1String("locale"))
            m_locale = id;
        else if (verb == QLatin1String("answer"))
            m_agent->answer(words.mid(1).join(QLatin1Char(' ')));
        else if (verb == QLatin1String("quit"))
            QCoreApplication::quit();
        else
            other(id, words);
    }

    void other(const QString& id, const QStringList& words) {
        const QString properties = QStringLiteral("org.freedesktop.DBus.Properties");
        const QString verb = words.value(0);
        QDBusMessage message;
        if (verb == QLatin1String("get")) {
            message = method(properties, QStringLiteral("Get"));
            message << QString(kHelperInterface) << words.value(2);
        } else if (verb == QLatin1String("setproperty")) {
            message = method(properties, QStringLiteral("Set"));
            message << QString(kHelperInterface) << QStringLiteral("Version")
                    << QVariant::fromValue(QDBusVariant(QStringLiteral("mine")));
        } else if (verb == QLatin1String("introspect")) {
            message = method(QStringLiteral("org.freedesktop.DBus.Introspectable"), QStringLiteral("Introspect"));
        } else if (verb == QLatin1String("nointerface")) {
            message = method(QString(), QStringLiteral("ForgetKeepaliveDefaults"));
            message << QVariant::fromValue<qulonglong>(ownNetnsCookie());
        } else if (verb == QLatin1String("ping")) {
            message = method(QStringLiteral("org.freedesktop.DBus.Peer"), QStringLiteral("Ping"));
        }
        send(id, connection(QStringLiteral("0")), message, 30000);
    }

    static QDBusMessage method(const QString& interface, const QString& name) {
        return QDBusMessage::createMethodCall(kHelperService, kHelperPath, interface, name);
    }

    static QDBusConnection connection(const QString& number) {
        const QString name = QStringLiteral("raw") + number;
        const QDBusConnection existing(name);
        return existing.isConnected() ? existing : QDBusConnection::connectToBus(QDBusConnection::SystemBus, name);
    }

    void call(const QString& id, const QStringList& words) {
        QDBusMessage message = method(kHelperInterface, words.value(5));
        for (const QString& word : words.mid(6))
            message << argumentOf(word);
        message.setInteractiveAuthorizationAllowed(words.value(3) == QLatin1String("dialog"));
        const int timeout = words.value(4).toInt();
        send(id, connection(words.value(2)), message, timeout > 0 ? timeout : std::numeric_limits<int>::max());
    }

    void send(const QString& id, QDBusConnection bus, const QDBusMessage& message, int timeout) {
        auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(message, timeout), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [id](QDBusPendingCallWatcher* done) {
            done->deleteLater();
            if (done->isError())
                return say(
                    QStringLiteral("DONE %1 ERROR %2 | %3").arg(id, done->error().name(), done->error().message()));
            QString values;
            for (const QVariant& value : done->reply().arguments())
                values += QLatin1Char(' ') + textOf(value).replace(QLatin1Char('\n'), QLatin1Char('~'));
            say(QStringLiteral("DONE %1 OK%2").arg(id, values));
        });
    }

    void ops(const QString& id, const QStringList& words) {
        const KeepaliveChange change{ownNetns(),
                                     {words.value(2).toInt(), words.value(3).toInt(), words.value(4).toInt()},
                                     words.value(5) == QLatin1String("1")};
        m_tokens[id] = m_operations.setKeepaliveDefaults(change, [id](const Outcome<KeepaliveDefaults>& outcome) {
            const KeepaliveDefaults values = outcome.value_or(KeepaliveDefaults());
            report(id, outcome, QStringLiteral("OK ") + describe(values));
        });
    }

    void tryOut(const QString& id, const QStringList& words) {
        const KeepaliveChange change{
            ownNetns(), {words.value(2).toInt(), words.value(3).toInt(), words.value(4).toInt()}, false};
        m_tokens[id] = m_operations.tryKeepaliveDefaults(
            change, std::chrono::seconds(words.value(5).toInt()), [this, id](const Outcome<KeepaliveTrial>& outcome) {
                const KeepaliveTrial trial = outcome.value_or(KeepaliveTrial());
                m_trial = trial.id;
                report(id, outcome, QStringLiteral("OK %1 | %2").arg(describe(trial.values), describe(trial.before)));
            });
    }

    static std::vector<std::uint64_t> vectorOf(const QString& text) {
        const QList<qulonglong> cookies = cookiesOf(text);
        return {cookies.begin(), cookies.end()};
    }

    void options(const QString& id, const QStringList& words) {
        OptionsChange change;
        if (const auto keepalive = numberOf(words.value(3)))
            change.enabled = *keepalive == 1;
        change.idleSeconds = numberOf(words.value(4));
        change.intervalSeconds = numberOf(words.value(5));
        change.probes = numberOf(words.value(6));
        change.userTimeoutMs = numberOf(words.value(7));
        m_tokens[id] = m_operations.setOptions(
            ownNetns(), vectorOf(words.value(2)), change,
            [id](const Outcome<std::vector<SetResult>>& outcome) { report(id, outcome, describeAll(outcome)); });
    }

    void guard(const QString& id, const QStringList& words) {
        const GuardRule rule{unitCalled(words.value(2).toStdString()).value_or(""), words.value(3).toInt(),
                             words.value(4).toInt(), words.value(5).toInt(), words.value(6).toInt()};
        m_tokens[id] =
            m_operations.setGuard(rule, words.value(7) == QLatin1String("1"),
                                  [id](const Outcome<void>& outcome) { report(id, outcome, QStringLiteral("OK")); });
    }

    /// "client 104, server masked"
    QString endsAt(std::uint16_t port) const {
        const auto ring = m_programs && m_programs->ends() ? EndRing::open(m_programs).value_or(nullptr) : nullptr;
        if (!ring)
            return QStringLiteral("no ends");
        const auto source = ring->of(halfopen::ownNetnsCookie());
        const UniqueFd one(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in server{};
        server.sin_family = AF_INET;
        server.sin_port = htons(port);
        server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(one.get(), reinterpret_cast<sockaddr*>(&server), sizeof server) != 0)
            return QStringLiteral("not connected");
        QMap<QString, QString> told;
        std::vector<DestroyEvent> events;
        const auto until = MonotonicClock::now() + std::chrono::seconds(10);
        while (told.size() < 2 && MonotonicClock::now() < until) {
            pollfd ready{source->descriptor(), POLLIN, 0};
            ::poll(&ready, 1, 100);
            source->drain(events);
            for (const DestroyEvent& event : events)
                if (const bool ours = event.connection.remote.port == port;
                    event.what == DestroyEvent::What::Ended && (ours || event.connection.local.port == port))
                    told[ours ? QStringLiteral("client") : QStringLiteral("server")] =
                        event.errorTold ? QString::number(event.error) : QStringLiteral("masked");
        }
        return QStringLiteral("client %1, server %2")
            .arg(told[QStringLiteral("client")], told[QStringLiteral("server")]);
    }

    QString listenerAt(std::uint16_t port) const {
        struct Sink : ConnectionSink {
            void restart() override {}
            void add(const Connection&) override {}
            void addExact(const Connection& connection, const ExactFacts& facts) override {
                if (connection.state == State::Listen && connection.local.port == port && facts.options)
                    idle = facts.options->idleSeconds;
            }
            std::uint16_t port = 0;
            std::int32_t idle = -1;
        } sink;
        sink.port = port;
        const auto source = ExactSource::open(m_programs);
        if (!source || !(*source)->sample({}, sink))
            return QStringLiteral("no sample");
        return QStringLiteral("OK %1").arg(sink.idle);
    }

    void look(const QString& id, const QString& pid) {
        struct stat status {};
        ::stat(("/proc/" + pid.toStdString() + "/net/stat").c_str(), &status);
        m_operations.openNetns({status.st_ino}, [id](const Outcome<BusOperations::Opened>& outcome) {
            report(id, outcome, outcome ? describe(outcome->opened.front()) : QString());
        });
    }

    template <class T>
    static void report(const QString& id, const Outcome<T>& outcome, const QString& good) {
        if (outcome)
            return say(QStringLiteral("DONE %1 %2").arg(id, good));
        say(QStringLiteral("DONE %1 KIND %2 | %3 | %4")
                .arg(id)
                .arg(static_cast<int>(outcome.error().kind))
                .arg(QString::fromStdString(inEnglish(outcome.error())),
                     QString::fromStdString(outcome.error().command)));
    }

    void agent(const QStringList& words) {
        m_agent = std::make_unique<ScriptedAgent>(words.mid(2).join(QLatin1Char(' ')), say);
        const QString error = m_agent->registerFor(words.value(1).toLongLong(), m_locale);
        say(error.isEmpty() ? QStringLiteral("REGISTERED") : QStringLiteral("NOT REGISTERED: ") + error);
    }

    QSocketNotifier m_input{0, QSocketNotifier::Read};
    QByteArray m_pending;
    BusOperations m_operations;
    QMap<QString, RequestToken> m_tokens; ///< by the id of the command
    std::uint64_t m_trial = 0;
    ExactProgramsPtr m_programs;
    QString m_locale = QStringLiteral("C");
    std::unique_ptr<ScriptedAgent> m_agent;
};

} // namespace
} // namespace halfopen

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const halfopen::Client client;
    return QCoreApplication::exec();
}
