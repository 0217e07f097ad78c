// SPDX-License-Identifier: GPL-3.0-or-later
// What connection tracking says of one flow, and what IPVS does: from bytes made by hand, and the former from the real
// kernel in a network of its own.
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/diag/tracked_flow_reader.h"
#include "core/kernel/diag/virtual_services_reader.h"
#include "tests/core/kernel/diag/message_builder.h"
#include "tests/core/own_network.h"
#include "tests/core/processes.h"
#include "tests/skip.h"

#include <linux/genetlink.h>
#include <linux/ip_vs.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include <cstdlib>
#include <fstream>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;
using Answer = TrackedFlow::Answer;

ByteVector number32(std::uint16_t type, std::uint32_t value) {
    value = htonl(value);
    return attribute(type, std::as_bytes(std::span(&value, 1)));
}

ByteVector nested(std::uint16_t type, const ByteVector& inside) {
    return attribute(type | NLA_F_NESTED, inside);
}

ByteVector answer(std::initializer_list<ByteVector> attributes) {
    ByteVector bytes;
    append(bytes, nfgenmsg{AF_INET, NFNETLINK_V0, 0});
    for (const auto& one : attributes)
        bytes.insert(bytes.end(), one.begin(), one.end());
    return bytes;
}

Connection between(const char* local, std::uint16_t localPort, const char* remote, std::uint16_t remotePort) {
    Connection connection;
    connection.local = {*IpAddress::parse(local), localPort};
    connection.remote = {*IpAddress::parse(remote), remotePort};
    return connection;
}

TEST(TrackedFlow, anAnswerTellsTheTimeTheStateAndWhetherItIsTranslated) {
    const std::uint8_t established = TCP_CONNTRACK_ESTABLISHED;
    const ByteVector state = attribute(CTA_PROTOINFO_TCP_STATE, std::as_bytes(std::span(&established, 1)));
    const auto flow = decodeTrackedFlow(
        answer({nested(CTA_TUPLE_ORIG, {}), number32(CTA_STATUS, IPS_SRC_NAT | IPS_ASSURED),
                number32(CTA_TIMEOUT, 431998), nested(CTA_PROTOINFO, nested(CTA_PROTOINFO_TCP, state))}));
    ASSERT_TRUE(flow);
    EXPECT_EQ(flow->answer, Answer::Tracked);
    EXPECT_EQ(flow->left, 431998s);
    EXPECT_EQ(trackedStateName(flow->state), "ESTABLISHED");
    EXPECT_TRUE(flow->translated);
}

TEST(TrackedFlow, whatIsOffloadedHasNoTime) {
    const auto flow = decodeTrackedFlow(answer({nested(CTA_TUPLE_ORIG, {}), number32(CTA_STATUS, IPS_ASSURED)}));
    ASSERT_TRUE(flow);
    EXPECT_EQ(flow->left, std::nullopt);
    EXPECT_FALSE(flow->translated);
    EXPECT_EQ(trackedStateName(200), "");
}

TEST(TrackedFlow, whatIsCutShortIsNone) {
    const ByteVector whole = answer({nested(CTA_TUPLE_ORIG, {}), number32(CTA_TIMEOUT, 5)});
    for (std::size_t size = 0; size < sizeof(nfgenmsg) + 4; ++size)
        EXPECT_FALSE(decodeTrackedFlow(ByteView(whole).first(size))) << size;
    EXPECT_EQ(decodeTrackedFlow(ByteView(whole).first(whole.size() - 1))->left, std::nullopt);
}

TEST(TrackedFlow, aLineOfTheFileIsReadInEitherDirection) {
    const char* const line = "ipv4     2 tcp      6 299 ESTABLISHED src=10.0.0.2 dst=192.0.2.9 sport=40000 dport=443 "
                             "src=192.0.2.9 dst=203.0.113.1 sport=443 dport=61000 [ASSURED] mark=0 zone=0 use=2";
    const auto inside = trackedFlowIn(line, between("10.0.0.2", 40000, "192.0.2.9", 443));
    ASSERT_TRUE(inside);
    EXPECT_EQ(inside->left, 299s);
    EXPECT_EQ(trackedStateName(inside->state), "ESTABLISHED");
    EXPECT_TRUE(inside->translated) << "its answers go to another address";
    const auto outside = trackedFlowIn(line, between("192.0.2.9", 443, "203.0.113.1", 61000));
    ASSERT_TRUE(outside);
    EXPECT_TRUE(outside->translated);
    for (const auto& other :
         {between("10.0.0.2", 40001, "192.0.2.9", 443), between("10.0.0.3", 40000, "192.0.2.9", 443),
          between("192.0.2.9", 443, "10.0.0.2", 40000)})
        EXPECT_FALSE(trackedFlowIn(line, other));
}

TEST(TrackedFlow, linesWithoutNatWithoutATimeAndOfOthersAreToldApart) {
    const auto flow = between("fd00::1", 5, "fd00::2", 6);
    const auto plain = trackedFlowIn("ipv6     10 tcp      6 7 CLOSE_WAIT src=fd00:0:0::1 dst=fd00::2 sport=5 dport=6 "
                                     "src=fd00::2 dst=fd00::1 sport=6 dport=5 use=1",
                                     flow);
    ASSERT_TRUE(plain);
    EXPECT_FALSE(plain->translated);
    EXPECT_EQ(trackedStateName(plain->state), "CLOSE_WAIT");
    const auto offloaded = trackedFlowIn("ipv6     10 tcp      6 src=fd00::1 dst=fd00::2 sport=5 dport=6 "
                                         "src=fd00::2 dst=fd00::1 sport=6 dport=5 [OFFLOAD] use=1",
                                         flow);
    ASSERT_TRUE(offloaded);
    EXPECT_EQ(offloaded->left, std::nullopt);
    EXPECT_FALSE(trackedFlowIn("ipv6     10 udp      17 7 src=fd00::1 dst=fd00::2 sport=5 dport=6 src=fd00::2 "
                               "dst=fd00::1 sport=6 dport=5 use=1",
                               flow));
    for (const char* damaged :
         {"", "ipv4", "ipv4 2 tcp 6 5 ESTABLISHED src=", "ipv4 2 tcp 6 5 ESTABLISHED src=x dst=y"})
        EXPECT_FALSE(trackedFlowIn(damaged, flow)) << damaged;
}

TEST(VirtualServices, theFileTellsThoseOfTcp) {
    const auto services = tcpServicesIn("IP Virtual Server version 1.2.1 (size=4096)\n"
                                        "Prot LocalAddress:Port Scheduler Flags\n"
                                        "  -> RemoteAddress:Port Forward Weight ActiveConn InActConn\n"
                                        "TCP  0A600001:01BB rr \n"
                                        "  -> C0A80005:1F90      Masq    1      0          0         \n"
                                        "UDP  0A60000A:0035 rr \n"
                                        "FWM  00000001 wlc \n"
                                        "TCP  [fd00:0000:0000:0000:0000:0000:0000:0001]:0050 rr \n"
                                        "TCP  nonsense rr\n");
    VirtualServices all{.tcpTimeout = 900, .tcp = services};
    ASSERT_EQ(services.size(), 2U);
    EXPECT_TRUE(all.serves({*IpAddress::parse("10.96.0.1"), 443}));
    EXPECT_TRUE(all.serves({*IpAddress::parse("fd00::1"), 80}));
    EXPECT_FALSE(all.serves({*IpAddress::parse("10.96.0.1"), 80}));
    EXPECT_FALSE(all.serves({*IpAddress::parse("192.168.0.5"), 8080})) << "a server, not a service";
    EXPECT_TRUE(tcpServicesIn("").empty());
}

ByteVector general(std::uint8_t command, std::initializer_list<ByteVector> attributes) {
    ByteVector bytes;
    append(bytes, genlmsghdr{command, 1, 0});
    for (const auto& one : attributes)
        bytes.insert(bytes.end(), one.begin(), one.end());
    return bytes;
}

template <class Number>
ByteVector plain(std::uint16_t type, Number value) {
    return attribute(type, std::as_bytes(std::span(&value, 1)));
}

TEST(VirtualServices, familyAndTimeoutAreReadOfTheirAnswers) {
    EXPECT_EQ(familyIn(general(CTRL_CMD_NEWFAMILY, {plain(CTRL_ATTR_VERSION, std::uint32_t{1}),
                                                    plain(CTRL_ATTR_FAMILY_ID, std::uint16_t{33})})),
              33);
    EXPECT_EQ(familyIn(general(CTRL_CMD_NEWFAMILY, {})), std::nullopt);
    const ByteVector config = general(IPVS_CMD_SET_CONFIG, {plain(IPVS_CMD_ATTR_TIMEOUT_TCP, std::uint32_t{900}),
                                                            plain(IPVS_CMD_ATTR_TIMEOUT_TCP_FIN, std::uint32_t{120}),
                                                            plain(IPVS_CMD_ATTR_TIMEOUT_UDP, std::uint32_t{300})});
    EXPECT_EQ(tcpTimeoutIn(config), 900);
    for (std::size_t size = 0; size < 12; ++size)
        EXPECT_EQ(tcpTimeoutIn(ByteView(config).first(size)), std::nullopt) << size;
    EXPECT_EQ(tcpTimeoutIn(general(IPVS_CMD_SET_CONFIG, {plain(IPVS_CMD_ATTR_TIMEOUT_TCP, std::uint32_t{0})})),
              std::nullopt);
}

TEST(VirtualServices, withoutTheModuleNobodyIsAskedAndNothingIsSaid) {
    if (std::ifstream("/proc/net/ip_vs"))
        GTEST_SKIP() << "this kernel has IPVS loaded";
    EXPECT_EQ(VirtualServicesReader(ownNetnsAccess()).read(), std::nullopt);
}

bool nft(const std::string& words) {
    return std::system(("nft '" + words + "' 2>/dev/null").c_str()) == 0;
}

/// A network in which connections are tracked, and those to port 7777 of loopback go elsewhere.
class Tracked : public testing::Test {
protected:
    void SetUp() override {
        if (whyNoNetwork())
            SKIP_UNLESS_CI(*whyNoNetwork());
        loopback.emplace();
        port = portOf(loopback->listener.get());
        if (!nft("add table inet box") || !nft("add chain inet box input { type filter hook input priority 0; }") ||
            !nft("add rule inet box input ct state established accept") ||
            !nft("add chain inet box out { type nat hook output priority -100; }") ||
            !nft("add rule inet box out tcp dport 7777 redirect to :" + std::to_string(port)))
            GTEST_SKIP() << "this kernel tracks no connections, or there is no nft";
    }
    void TearDown() override {
        if (!whyNoNetwork())
            nft("delete table inet box");
    }
    static std::uint16_t portOf(int socket) {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        EXPECT_EQ(getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size), 0);
        return ntohs(address.sin_port);
    }
    static Connection connectionOf(int socket) {
        sockaddr_in local{};
        sockaddr_in remote{};
        socklen_t size = sizeof local;
        EXPECT_EQ(getsockname(socket, reinterpret_cast<sockaddr*>(&local), &size), 0);
        EXPECT_EQ(getpeername(socket, reinterpret_cast<sockaddr*>(&remote), &size), 0);
        return between("127.0.0.1", ntohs(local.sin_port), "127.0.0.1", ntohs(remote.sin_port));
    }
    std::optional<Loopback> loopback;
    std::uint16_t port = 0;
    TrackedFlowReader reader{ownNetnsAccess()};
};

TEST_F(Tracked, bothEndsAreFoundByWhatTheySend) {
    loopback->connectClient();
    const UniqueFd server = loopback->accepted();
    std::ofstream("/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established") << 300;
    ASSERT_EQ(write(loopback->client.get(), "x", 1), 1); // from now on by that timeout
    for (const int end : {loopback->client.get(), server.get()}) {
        const TrackedFlow flow = reader.read(connectionOf(end));
        ASSERT_EQ(flow.answer, Answer::Tracked);
        EXPECT_EQ(trackedStateName(flow.state), "ESTABLISHED");
        ASSERT_TRUE(flow.left);
        EXPECT_GT(*flow.left, 280s);
        EXPECT_LE(*flow.left, 300s);
        EXPECT_FALSE(flow.translated);
    }
    Connection other = connectionOf(server.get());
    ++other.remote.port;
    EXPECT_EQ(reader.read(other).answer, Answer::Untracked);
}

TEST_F(Tracked, behindNatEachEndIsFoundByItsOwnAddresses) {
    const UniqueFd client(socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(7777);
    ASSERT_EQ(connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    const UniqueFd server = loopback->accepted();
    ASSERT_EQ(connectionOf(client.get()).remote.port, 7777);
    ASSERT_EQ(connectionOf(server.get()).local.port, port);
    for (const int end : {client.get(), server.get()}) {
        const TrackedFlow flow = reader.read(connectionOf(end));
        EXPECT_EQ(flow.answer, Answer::Tracked);
        EXPECT_TRUE(flow.translated);
    }
}

} // namespace
} // namespace halfopen::test
