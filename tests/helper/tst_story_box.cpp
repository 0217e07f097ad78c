// SPDX-License-Identifier: GPL-3.0-or-later
// The founding story through the installed helper: the program of another user waits for a peer that is gone and
// nothing guards its connection; somebody who may turns keepalive on for it, and the program learns of it.
#include "tests/core/processes.h"
#include "tests/helper/box.h"

#include <QProcess>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <poll.h>

#include <cerrno>

namespace halfopen {
namespace {

using nlohmann::json;

const QString kPeer = QStringLiteral("192.0.2.77/32");

/// What the other user's program tells on its way.
struct Told {
    std::uint64_t cookie = 0;
    int error = 0;
};

class StoryBox : public BoxTest {
protected:
    static void ip(const QString& words) { run(QStringLiteral("ip"), words.split(QLatin1Char(' '))); }

    static json bob(const QStringList& words) {
        const QString text =
            run(QStringLiteral("setpriv"),
                QStringList{QStringLiteral("--reuid"), QStringLiteral("bob"), QStringLiteral("--regid"),
                            QStringLiteral("bob"), QStringLiteral("--init-groups"),
                            QStringLiteral(BOX_BIN_DIR "/halfopenctl")} +
                    words + QStringList{QStringLiteral("--json")});
        return json::parse(text.toStdString());
    }

    /// Connects to `peer`, tells the cookie, and the error once there is one.
    static void program(const sockaddr_in& peer, int report) {
        test::becomeNobody();
        const UniqueFd connection(::socket(AF_INET, SOCK_STREAM, 0));
        sockaddr_in local{};
        local.sin_family = AF_INET;
        local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        Told told;
        socklen_t size = sizeof told.cookie;
        if (::bind(connection.get(), reinterpret_cast<const sockaddr*>(&local), sizeof local) != 0 ||
            ::connect(connection.get(), reinterpret_cast<const sockaddr*>(&peer), sizeof peer) != 0 ||
            ::getsockopt(connection.get(), SOL_SOCKET, SO_COOKIE, &told.cookie, &size) != 0)
            _exit(1);
        [[maybe_unused]] auto written = ::write(report, &told, sizeof told);
        pollfd wait{connection.get(), POLLIN, 0};
        ::poll(&wait, 1, 30000);
        size = sizeof told.error;
        ::getsockopt(connection.get(), SOL_SOCKET, SO_ERROR, &told.error, &size);
        written = ::write(report, &told, sizeof told);
        _exit(0);
    }
};

TEST_F(StoryBox, keepaliveTurnedOnForAnothersProgramLetsItNotice) {
    ip(QStringLiteral("address add %1 dev lo").arg(kPeer));
    const UniqueFd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in peer{};
    peer.sin_family = AF_INET;
    peer.sin_addr.s_addr = htonl(0xC000024D); // 192.0.2.77
    socklen_t size = sizeof peer;
    ASSERT_EQ(::bind(listener.get(), reinterpret_cast<sockaddr*>(&peer), sizeof peer), 0);
    ASSERT_EQ(::listen(listener.get(), 4), 0);
    ASSERT_EQ(::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&peer), &size), 0);
    int report[2];
    ASSERT_EQ(::pipe2(report, O_CLOEXEC), 0);
    const pid_t program = ::fork();
    if (program == 0)
        StoryBox::program(peer, report[1]);
    ::close(report[1]);
    Told told;
    ASSERT_EQ(::read(report[0], &told, sizeof told), static_cast<ssize_t>(sizeof told));
    const QString cookie = QString::number(told.cookie, 16);
    ip(QStringLiteral("address del %1 dev lo").arg(kPeer)); // the peer is gone, and nobody says so
    ip(QStringLiteral("route add blackhole %1").arg(kPeer));

    const json before = bob({QStringLiteral("show"), cookie})["connections"][0];
    EXPECT_EQ(before["keepalive"]["enabled"], (json{{"value", false}, {"provenance", "derived"}}));
    EXPECT_EQ(before["forecast"]["never"], true);
    EXPECT_EQ(before["processes_unknown"], "other user");

    const json after =
        bob({QStringLiteral("set"), cookie, QStringLiteral("--keepalive"), QStringLiteral("on"),
             QStringLiteral("--idle"), QStringLiteral("1"), QStringLiteral("--interval"), QStringLiteral("1"),
             QStringLiteral("--probes"), QStringLiteral("2")})["changed"][0]["after"];
    EXPECT_EQ(after["timer"]["kind"], "keepalive");
    EXPECT_EQ(after["forecast"]["never"], false);
    EXPECT_EQ(after["forecast"]["gives_up"]["cause"], "keepalive");

    ASSERT_EQ(::read(report[0], &told, sizeof told), static_cast<ssize_t>(sizeof told));
    EXPECT_EQ(told.error, ETIMEDOUT);
    ::waitpid(program, nullptr, 0);
    ip(QStringLiteral("route del blackhole %1").arg(kPeer));
    EXPECT_EQ(newLogLines().size(), 1);
}

} // namespace
} // namespace halfopen
