// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/decode.h"
#include "core/kernel/diag/tcp_info_fields.h"
#include "core/kernel/diag/wire.h"
#include "tests/core/kernel/diag/message_builder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace halfopen {
namespace {

using namespace test;

wire::TcpInfo sampleInfo() {
    wire::TcpInfo info{};
    info.caState = 4;
    info.retransmits = 2;
    info.probes = 3;
    info.backoff = 5;
    info.rto = 816'000;
    info.unacked = 6;
    info.lastDataRecv = 1234;
    info.notsentBytes = 99;
    info.sndWnd = 64240;
    info.totalRto = 7;
    info.totalRtoTime = 425;
    return info;
}

ByteVector infoAttribute(std::size_t length) {
    const wire::TcpInfo info = sampleInfo();
    ByteVector bytes(std::max(length, sizeof info));
    std::memcpy(bytes.data(), &info, sizeof info);
    bytes.resize(length);
    return attribute(INET_DIAG_INFO, bytes);
}

Connection decoded(const ByteVector& bytes) {
    Connection connection;
    ByteView info;
    const auto ok = decodeInetDiag(bytes, {}, connection, info);
    EXPECT_TRUE(ok) << (ok ? "" : inEnglish(ok.error()));
    return connection;
}

std::string refusal(const ByteVector& bytes) {
    Connection connection;
    ByteView info;
    const auto ok = decodeInetDiag(bytes, {}, connection, info);
    EXPECT_FALSE(ok);
    return ok ? "" : inEnglish(ok.error());
}

TEST(Decode, headIsInHostOrder) {
    auto head = socketHead(8, 0x1234567800000009);
    head.idiag_timer = 2;
    head.idiag_retrans = 3;
    head.idiag_expires = 6'999'040;
    head.idiag_uid = 1000;
    head.idiag_inode = 7180950;
    const Connection c = decoded(payload(head));
    EXPECT_EQ(c.local.toString(), "10.0.0.1:22");
    EXPECT_EQ(c.remote.toString(), "10.0.0.2:50312");
    EXPECT_EQ(c.cookie, 0x1234567800000009U);
    EXPECT_EQ(c.state, State::CloseWait);
    EXPECT_EQ(c.timer.kind(), TimerKind::Keepalive);
    EXPECT_EQ(c.timer.retransmits, 3);
    EXPECT_EQ(c.timer.expires, Millis(6'999'040));
    EXPECT_EQ(c.inode, 7180950U);
    EXPECT_FALSE(c.info.present());
}

ByteVector bytesOf(std::initializer_list<unsigned> values) {
    ByteVector bytes;
    for (const unsigned value : values)
        bytes.push_back(static_cast<std::byte>(value));
    return bytes;
}

ByteVector textBytes(std::string_view text) {
    ByteVector bytes;
    for (const char letter : text)
        bytes.push_back(static_cast<std::byte>(letter));
    bytes.push_back(std::byte{0});
    return bytes;
}

Connection withAttribute(std::uint16_t type, const ByteVector& value) {
    return decoded(payload(socketHead(), {attribute(type, value)}));
}

TEST(Decode, socketOptionsAreTwoBytesOfBits) {
    EXPECT_FALSE(withAttribute(22, bytesOf({0xfe, 0xfb})).receivesErrors);
    EXPECT_FALSE(withAttribute(22, bytesOf({0xfe, 0xfb})).connectDeferred);
    EXPECT_TRUE(withAttribute(22, bytesOf({0x01, 0x00})).receivesErrors);
    EXPECT_FALSE(withAttribute(22, bytesOf({0x01, 0x00})).connectDeferred);
    EXPECT_TRUE(withAttribute(22, bytesOf({0x00, 0x04})).connectDeferred);
    EXPECT_TRUE(withAttribute(22, bytesOf({0x01})).receivesErrors);
    EXPECT_FALSE(withAttribute(22, {}).receivesErrors);
}

TEST(Decode, whatRunsOnTopIsToldByItsName) {
    const auto named = [](std::string_view name) {
        return withAttribute(INET_DIAG_ULP_INFO, attribute(INET_ULP_INFO_NAME, textBytes(name))).upperLayer;
    };
    EXPECT_EQ(named("mptcp"), UpperLayer::Mptcp);
    EXPECT_EQ(named("tls"), UpperLayer::Tls);
    EXPECT_EQ(named("smc"), UpperLayer::Smc);
    EXPECT_EQ(named("espintcp"), UpperLayer::Other);
    EXPECT_EQ(decoded(payload(socketHead())).upperLayer, UpperLayer::None);
    EXPECT_EQ(withAttribute(INET_DIAG_ULP_INFO, bytesOf({0xff, 0xff, 1, 0, 0})).upperLayer, UpperLayer::None);
}

TEST(Decode, aSubflowTellsTheTokenOfItsConnectionAtThisEnd) {
    const auto number = [](std::uint32_t value) {
        ByteVector bytes;
        append(bytes, value);
        return bytes;
    };
    // MPTCP_SUBFLOW_ATTR_TOKEN_REM, _LOC
    const ByteVector layer = attribute(3, join({attribute(1, number(0x11111111)), attribute(2, number(0xe923257c))}));
    const auto told = [](const ByteVector& ulp) {
        return mptcpTokenOf(payload(socketHead(), {infoAttribute(248), attribute(INET_DIAG_ULP_INFO, ulp)}));
    };
    EXPECT_EQ(told(join({attribute(INET_ULP_INFO_NAME, textBytes("mptcp")), layer})), 0xe923257cU);
    EXPECT_EQ(told(attribute(INET_ULP_INFO_NAME, textBytes("mptcp"))), 0U) << "a listener has the name alone";
    EXPECT_EQ(mptcpTokenOf(payload(socketHead())), 0U);
    for (std::size_t cut = 0; cut < layer.size(); ++cut)
        EXPECT_EQ(told({layer.begin(), layer.begin() + static_cast<std::ptrdiff_t>(cut)}), 0U) << cut;
    EXPECT_EQ(mptcpTokenOf(ByteVector(3)), 0U);
}

TEST(Decode, closedWithoutAPeerIsBound) {
    auto head = socketHead(7);
    EXPECT_EQ(decoded(payload(head)).state, State::Close);
    head.id.idiag_dport = 0;
    EXPECT_EQ(decoded(payload(head)).state, State::Bound);
    head.id.idiag_sport = 0;
    EXPECT_EQ(decoded(payload(head)).state, State::Close);
}

TEST(Decode, mappedAddressesAreShownAsIpv4) {
    auto head = socketHead();
    head.idiag_family = AF_INET6;
    inet_pton(AF_INET6, "::ffff:192.0.2.7", &head.id.idiag_src);
    inet_pton(AF_INET6, "2001:db8::1", &head.id.idiag_dst);
    const Connection c = decoded(payload(head));
    EXPECT_EQ(c.local.address.toString(), "192.0.2.7");
    EXPECT_EQ(c.local.address.family(), Family::Ipv4);
    EXPECT_EQ(c.remote.address.toString(), "2001:db8::1");
    EXPECT_TRUE(c.inet6);
}

TEST(Decode, everyLengthOfTcpInfoGivesWhatItHoldsAndNoMore) {
    for (const std::size_t length : {104, 148, 160, 192, 232, 240, 248, 280, 320}) {
        const TcpInfo info = decoded(payload(socketHead(), {infoAttribute(length)})).info;
        EXPECT_EQ(info.length, length);
        EXPECT_EQ(info.rtoUs, 816'000U);
        EXPECT_EQ(info.lastDataReceived, Millis(1234));
        EXPECT_EQ(info.notSentBytes, length >= 148 ? 99U : 0U);
        EXPECT_EQ(info.hasNotSent(), length >= 148);
        EXPECT_EQ(info.sendWindow, length >= 232 ? 64240U : 0U);
        EXPECT_EQ(info.totalRtoTimeMs, length >= 248 ? 425U : 0U);
        EXPECT_EQ(info.hasRtoTotals(), length >= 248);
    }
}

TEST(TcpInfoFields, fieldsBeyondTheStructOfThisKernelAreNotInvented) {
    const wire::TcpInfo info = sampleInfo();
    std::vector<std::uint8_t> raw(sizeof info);
    std::memcpy(raw.data(), &info, sizeof info);
    const auto value = [&](std::string_view name) {
        return std::ranges::find(tcpInfoFields(), name, &TcpInfoField::name)->read(raw);
    };
    EXPECT_EQ(value("snd_wnd"), 64240U);
    EXPECT_EQ(value("total_rto"), 7U);
    EXPECT_EQ(value("probes"), 3U);
    raw.resize(232);
    EXPECT_EQ(value("snd_wnd"), 64240U);
    EXPECT_EQ(value("total_rto"), std::nullopt);
}

TEST(Decode, tcpInfoBelowTheOldestIsRefused) {
    EXPECT_NE(refusal(payload(socketHead(), {infoAttribute(103)})).find("103 bytes"), std::string::npos);
}

TEST(Decode, unknownStateTimerAndAttributeAreKept) {
    auto head = socketHead(99);
    head.idiag_timer = 77;
    const Connection c = decoded(payload(head, {attribute(200, infoAttribute(104))}));
    EXPECT_EQ(toString(c.state), "UNKNOWN");
    EXPECT_EQ(c.timer.raw, 77);
    EXPECT_EQ(c.timer.kind(), TimerKind::None);
}

TEST(Decode, overdueTimerOfOldKernelsIsDueNow) {
    auto head = socketHead();
    head.idiag_expires = 0xffffff00U;
    EXPECT_EQ(decoded(payload(head)).timer.expires, Millis(0));
}

/// Keepalive that was armed for a negative setting: 2^32 jiffies less 1000 s, of which 32 bits of ms are told.
TEST(Decode, timerThatIsAlmostFourBillionMillisecondsAwayIsNotDue) {
    auto head = socketHead();
    head.idiag_timer = 2;
    head.idiag_expires = 0xffff'ffffU - 1'000'000;
    EXPECT_EQ(decoded(payload(head, {infoAttribute(sizeof(wire::TcpInfo))})).timer.expires, Millis::max());
    EXPECT_EQ(decoded(payload(head, {infoAttribute(200)})).timer.expires, Millis(0)) << "before 4.19 it is due";
}

TEST(Decode, whatHasEndedHasNothingToSend) {
    auto head = socketHead();
    head.idiag_state = 7; // TCP_CLOSE
    head.idiag_wqueue = 3;
    head.idiag_rqueue = 5;
    const Connection over = decoded(payload(head));
    EXPECT_EQ(over.state, State::Close);
    EXPECT_EQ(over.sendQueue, 0U);
    EXPECT_EQ(over.receiveQueue, 5U) << "which its program can still read";
    head.id.idiag_dport = 0;
    const Connection bound = decoded(payload(head));
    EXPECT_EQ(bound.state, State::Bound);
    EXPECT_EQ(bound.sendQueue + bound.receiveQueue, 0U);
}

TEST(Decode, congestionNameEndsAtItsNul) {
    const char name[] = "cubic\0garbage";
    const auto bytes = std::as_bytes(std::span(name));
    EXPECT_EQ(congestionName(decoded(payload(socketHead(), {attribute(INET_DIAG_CONG, bytes)})).congestion), "cubic");
}

TEST(Decode, damageIsNamed) {
    ByteVector cut = payload(socketHead());
    cut.resize(cut.size() - 1);
    EXPECT_NE(refusal(cut).find("71 bytes"), std::string::npos);

    auto head = socketHead();
    head.idiag_family = AF_UNIX;
    EXPECT_NE(refusal(payload(head)).find("family 1"), std::string::npos);

    ByteVector beyond = payload(socketHead(), {infoAttribute(104)});
    beyond.resize(beyond.size() - 8);
    EXPECT_NE(refusal(beyond).find("are left"), std::string::npos);

    ByteVector shorter;
    append(shorter, socketHead());
    append(shorter, rtattr{3, 1});
    EXPECT_NE(refusal(shorter).find("claims 3 bytes"), std::string::npos);
}

} // namespace
} // namespace halfopen
