// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/message_reader.h"
#include "tests/core/kernel/diag/message_builder.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <limits>

namespace halfopen {
namespace {

using namespace test;

struct Read {
    Result<BatchStatus> status;
    CollectingSink sink;
    std::vector<std::uint8_t> detail;
    std::size_t consumed = 0;
};

Read read(const ByteVector& bytes, BatchContext context = {.sequence = 7, .port = 42}) {
    Read r;
    r.status = readBatch(bytes, {}, context, r.sink, r.detail, r.consumed);
    return r;
}

ByteVector socket(std::uint64_t cookie, std::uint16_t flags = NLM_F_MULTI) {
    return message(SOCK_DIAG_BY_FAMILY, payload(socketHead(1, cookie)), flags);
}

TEST(MessageReader, readsSocketsUntilTheEndMark) {
    const auto r = read(join({socket(1), socket(2), done(), socket(3)}));
    ASSERT_TRUE(r.status);
    EXPECT_TRUE(r.status->done);
    EXPECT_EQ(r.sink.connections.size(), 2U);
}

TEST(MessageReader, batchWithoutEndMarkAsksForMore) {
    const auto r = read(socket(1));
    ASSERT_TRUE(r.status);
    EXPECT_FALSE(r.status->done);
}

TEST(MessageReader, eachSocketSaysHowSureItsTimeIs) {
    const auto r = read(socket(1), {.sequence = 7, .port = 42, .tickCertain = false, .readBefore = 40});
    ASSERT_EQ(r.sink.connections.size(), 1U);
    EXPECT_FALSE(r.sink.connections[0].tickCertain);
    EXPECT_EQ(r.sink.connections[0].timer.readBefore, 40);
}

TEST(MessageReader, foreignSequenceAndPortArePassedOver) {
    const auto stale = message(SOCK_DIAG_BY_FAMILY, payload(socketHead()), NLM_F_MULTI, 6);
    const auto foreign = message(SOCK_DIAG_BY_FAMILY, payload(socketHead()), NLM_F_MULTI, 7, 43);
    const auto r = read(join({stale, foreign, socket(5)}));
    ASSERT_TRUE(r.status);
    ASSERT_EQ(r.sink.connections.size(), 1U);
    EXPECT_EQ(r.sink.connections[0].cookie, 5U);
}

TEST(MessageReader, interruptedDumpIsTold) {
    const auto r = read(join({socket(1, NLM_F_MULTI | NLM_F_DUMP_INTR), done()}));
    ASSERT_TRUE(r.status);
    EXPECT_TRUE(r.status->interrupted);
}

TEST(MessageReader, kernelErrorBringsItsOwnWords) {
    const char words[] = "Unsupported protocol";
    ByteVector body;
    append(body, nlmsgerr{-ENOENT, {}});
    const auto text = attribute(NLMSGERR_ATTR_MSG, std::as_bytes(std::span(words)));
    body.insert(body.end(), text.begin(), text.end());
    const auto r = read(message(NLMSG_ERROR, body, NLM_F_CAPPED | NLM_F_ACK_TLVS));
    ASSERT_FALSE(r.status);
    EXPECT_EQ(r.status.error().code, ErrorCode::NotSupported);
    EXPECT_NE(inEnglish(r.status.error()).find(words), std::string::npos);
    EXPECT_NE(inEnglish(r.status.error()).find("modprobe tcp_diag"), std::string::npos);
}

TEST(MessageReader, extendedAckIsFoundBehindTheEchoedRequest) {
    const char words[] = "echoed";
    ByteVector body;
    nlmsgerr error{-EPERM, {}};
    error.msg.nlmsg_len = sizeof(nlmsghdr) + 8;
    append(body, error);
    body.resize(body.size() + 8);
    const auto text = attribute(NLMSGERR_ATTR_MSG, std::as_bytes(std::span(words)));
    body.insert(body.end(), text.begin(), text.end());
    const auto r = read(message(NLMSG_ERROR, body, NLM_F_ACK_TLVS));
    ASSERT_FALSE(r.status);
    EXPECT_EQ(r.status.error().code, ErrorCode::NotPermitted);
    EXPECT_NE(inEnglish(r.status.error()).find("echoed"), std::string::npos);
}

TEST(MessageReader, failedDumpIsToldByItsEndMark) {
    const auto r = read(join({socket(1), done(-ENOMEM)}));
    ASSERT_FALSE(r.status);
    EXPECT_EQ(r.status.error().code, ErrorCode::Unreadable);
}

// Found by fuzzing: INT_MIN has no negative.
TEST(MessageReader, statusThatIsNoErrnoIsUnreadable) {
    for (const std::int32_t status : {std::numeric_limits<std::int32_t>::min(), -4096, 1}) {
        ByteVector body;
        append(body, nlmsgerr{status, {}});
        for (const auto& bytes : {message(NLMSG_ERROR, body), done(status)}) {
            const auto r = read(bytes);
            ASSERT_FALSE(r.status) << status;
            EXPECT_EQ(r.status.error().code, ErrorCode::Unreadable);
            EXPECT_NE(inEnglish(r.status.error()).find(std::to_string(status)), std::string::npos);
        }
    }
}

TEST(MessageReader, damageStopsWhereItStandsAndKeepsWhatCameBefore) {
    auto bytes = join({socket(1), socket(2)});
    const std::size_t second = bytes.size() / 2;
    bytes.resize(bytes.size() - 4);
    const auto r = read(bytes);
    ASSERT_FALSE(r.status);
    EXPECT_EQ(r.consumed, second);
    EXPECT_EQ(r.sink.connections.size(), 1U);
}

TEST(MessageReader, lengthBelowTheHeaderDoesNotLoop) {
    ByteVector bytes;
    append(bytes, nlmsghdr{0, SOCK_DIAG_BY_FAMILY, 0, 7, 42});
    const auto r = read(bytes);
    ASSERT_FALSE(r.status);
    EXPECT_EQ(r.consumed, 0U);
}

TEST(MessageReader, rawTcpInfoIsKeptForTheAskedCookieOnly) {
    const ByteVector info(280, std::byte{1});
    const auto one = message(SOCK_DIAG_BY_FAMILY, payload(socketHead(1, 1), {attribute(INET_DIAG_INFO, info)}));
    const auto two =
        message(SOCK_DIAG_BY_FAMILY, payload(socketHead(1, 2), {attribute(INET_DIAG_INFO, ByteVector(104))}));
    EXPECT_EQ(read(join({one, two}), {.sequence = 7, .port = 42, .detailCookie = 2}).detail.size(), 104U);
    EXPECT_TRUE(read(join({one, two})).detail.empty());
}

} // namespace
} // namespace halfopen
