// SPDX-License-Identifier: GPL-3.0-or-later
// A program sits in send(2) on a page that does not come, and so holds the lock of its socket: whoever changes or
// closes it waits inside the kernel. The real helper answers all the same, this caller and others.
#include "core/model/privilege_error.h"
#include "tests/core/processes.h"
#include "tests/helper/box.h"
#include "tests/lab/missing_page.h"

#include <QElapsedTimer>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <netinet/tcp.h>

#include <cerrno>
#include <optional>
#include <thread>

namespace halfopen {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class HeldUpBox : public BoxTest {
protected:
    void SetUp() override {
        BoxTest::SetUp();
        loopback.connectClient();
        server = loopback.accepted();
        for (const int fd : {loopback.listener.get(), loopback.client.get(), server.get()})
            ASSERT_EQ(fcntl(fd, F_SETFD, FD_CLOEXEC), 0);
        cookie = test::cookieOf(loopback.client.get());
        if (!page.isUsable())
            GTEST_SKIP() << "this kernel has no userfaultfd(2)";
        sender = std::thread(
            [this] { send(loopback.client.get(), page.address(), test::MissingPage::kSize, MSG_NOSIGNAL); });
        page.awaitFault(); // from now on it holds the lock
    }
    void letGo() {
        page.give();
        sender.join();
    }
    QString setWords() const {
        return QStringLiteral("0 dialog 0 SetSocketOptions t:own a:%1 i:1 i:60 i:-1 i:-1 i:-1").arg(cookie);
    }

    test::Loopback loopback;
    UniqueFd server;
    std::uint64_t cookie = 0;
    test::MissingPage page;
    std::thread sender;
};

TEST_F(HeldUpBox, theHelperSaysSoServesOthersAndLogsWhatIsDoneLater) {
    Client bob(kBob);
    Client other(kBob);
    const QString set = bob.begin(kCall, setWords());
    QElapsedTimer timer;
    timer.start();
    EXPECT_EQ(other.ask(kCall, setCall(kWanted)), QStringLiteral("OK 600 30 5"));
    EXPECT_LT(timer.elapsed(), 3000) << "another caller waited behind it";
    newLogLines();
    const std::string answer = bob.answer(set, 20000).toStdString();
    EXPECT_THAT(answer, StartsWith("ERROR org.halfopen.Error.WriteFailed"));
    EXPECT_THAT(answer, HasSubstr("holds the lock of its socket"));
    EXPECT_TRUE(newLogLines().isEmpty());
    letGo();
    QString line;
    for (int tries = 0; tries < 1000 && line.isEmpty(); ++tries) {
        usleep(10000);
        line = newLogLines().value(0);
    }
    EXPECT_THAT(line.toStdString(), HasSubstr("keepalive off -> on, idle "));
    EXPECT_EQ(test::optionOf(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE), 60);
}

TEST_F(HeldUpBox, whoeverPilesThemUpIsRefused) {
    std::vector<std::unique_ptr<Client>> clients;
    for (int count = 0; count < 10; ++count) {
        clients.push_back(std::make_unique<Client>(kBob));
        clients.back()->begin(kCall, setWords());
    }
    int busy = 0;
    int heldUp = 0;
    for (const auto& client : clients) {
        const QString answer = client->answer(QStringLiteral("1"), 20000);
        busy += answer.startsWith(QStringLiteral("ERROR org.halfopen.Error.Busy")) ? 1 : 0;
        heldUp += answer.startsWith(QStringLiteral("ERROR org.halfopen.Error.WriteFailed")) ? 1 : 0;
    }
    EXPECT_EQ(heldUp, 8);
    EXPECT_EQ(busy, 2);
    EXPECT_EQ(clients[0]->ask(kCall, setCall(kWanted)), QStringLiteral("OK 600 30 5"));
    letGo();
}

} // namespace
} // namespace halfopen
