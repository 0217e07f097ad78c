// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/limits.h"
#include "core/stream/stream_reader.h"

#include "halfopen_version.h"
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <linux/netlink.h>

#include <cstring>
#include <fstream>

namespace halfopen::stream {
namespace {

using namespace std::chrono_literals;
using Bytes = std::vector<std::byte>;

constexpr std::string_view kNonce = "ab12";

void append(Bytes& to, std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    to.insert(to.end(), bytes.begin(), bytes.end());
}
void append(Bytes& to, const Bytes& bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
}

/// What was taken, as one line each.
struct Heard {
    std::vector<std::string> lines;
    Result<void> result;

    explicit Heard(const Bytes& bytes, std::size_t pieces = SIZE_MAX) {
        StreamReader reader(kNonce, "db7");
        for (ByteView rest(bytes); !rest.empty() && result; rest = rest.subspan(std::min(pieces, rest.size())))
            result = reader.feed(rest.first(std::min(pieces, rest.size())),
                                 [this](Message&& message, ByteView raw) { return take(message, raw); });
        noise = reader.noise();
        begun = reader.begun();
    }
    Result<void> take(const Message& message, ByteView raw) {
        static constexpr const char* kNames[] = {"other",   "hello", "begin", "batch",   "events", "pong",
                                                 "sysctls", "tick",  "names", "sockets", "end",    "failed"};
        std::string line = kNames[message.index()];
        if (!raw.empty())
            line += " " + std::string(reinterpret_cast<const char*>(raw.data()), raw.size());
        lines.push_back(line);
        return {};
    }
    std::string why() const { return result ? "" : inEnglish(result.error()); }

    std::string noise;
    bool begun = false;
};

Bytes opening(bool zstd = false) {
    Bytes bytes;
    append(bytes, firstLine(kNonce));
    append(bytes, encode(Hello{.version = "0.1.0", .host = "db7", .zstd = zstd}));
    return bytes;
}

Bytes dump() {
    Bytes bytes = encode(Begin{{1ns, 2ns, 3ns}, 8});
    append(bytes, encode(BatchMark{4, MonotonicTime(1s)}));
    append(bytes, "abcd");
    append(bytes, encode(BatchMark{3, MonotonicTime(1s)}));
    append(bytes, "efg");
    append(bytes, encode(EventsMark{0, MonotonicTime(1s), 2}));
    append(bytes, encode(End{.started = MonotonicTime(1s), .taken = MonotonicTime(1s)}));
    return bytes;
}

const std::vector<std::string> kDump{"hello", "begin", "batch abcd", "batch efg", "events", "end"};

TEST(StreamReader, piecesOfAnySizeAreTheSame) {
    Bytes bytes = opening();
    append(bytes, dump());
    for (const std::size_t pieces : {std::size_t{1}, std::size_t{7}, std::size_t{64}, bytes.size()})
        EXPECT_EQ(Heard(bytes, pieces).lines, kDump) << pieces;
}

TEST(StreamReader, whatAShellSaysBeforeIsNoise) {
    Bytes bytes;
    append(bytes, "Welcome!\n+ halfopenctl stream --nonce ab12\nhalfopen stream 1 ff\nno newline here: halfopen stream "
                  "1 ab12\n");
    append(bytes, opening());
    append(bytes, dump());
    const Heard heard(bytes, 5);
    EXPECT_EQ(heard.lines, kDump);
    EXPECT_THAT(heard.noise, testing::StartsWith("Welcome!\n"));
    EXPECT_THAT(heard.noise, testing::EndsWith("1 ab12\n"));
}

TEST(StreamReader, endlessNoiseIsCutOff) {
    Bytes bytes;
    append(bytes, std::string(kMostNoise + 200, 'x'));
    const Heard heard(bytes, 1000);
    EXPECT_FALSE(heard.begun);
    EXPECT_THAT(heard.why(), testing::HasSubstr("db7 says more than 65536 bytes before it begins"));
}

TEST(StreamReader, anotherProtocolIsToldWithBothVersions) {
    Bytes bytes;
    append(bytes, "halfopen stream 2 ab12\n");
    EXPECT_TRUE(Heard(bytes).result) << "its hello may say more";
    append(bytes, encode(Hello{.protocol = 2, .version = "2.0"}));
    for (const std::size_t pieces : {std::size_t{1}, bytes.size()}) {
        const Heard heard(bytes, pieces);
        EXPECT_EQ(heard.why(), fmt::format("db7 speaks protocol 2 (Halfopen 2.0), and this program protocol {} "
                                           "(Halfopen {}): install Halfopen 2.0 here.",
                                           kProtocol, kVersion));
        EXPECT_EQ(heard.result.error().code, ErrorCode::NotSupported);
    }
}

TEST(StreamReader, anotherProtocolMayHaveAnotherHello) {
    Bytes bytes;
    append(bytes, "halfopen stream 2 ab12\n");
    StreamReader silent(kNonce, "db7");
    EXPECT_TRUE(silent.feed(bytes, [](Message&&, ByteView) { return Result<void>(); }));
    ASSERT_TRUE(silent.whyNoHello());
    const std::string why = inEnglish(*silent.whyNoHello());
    EXPECT_THAT(why, testing::HasSubstr("db7 speaks protocol 2, and this program"));
    append(bytes, "what no message of today begins with");
    EXPECT_EQ(Heard(bytes).why(), why);
}

TEST(StreamReader, aHelloOfAnotherProtocolThanTheFirstLineCounts) {
    Bytes bytes;
    append(bytes, firstLine(kNonce));
    append(bytes, encode(Hello{.protocol = 7, .version = "9.1"}));
    EXPECT_THAT(Heard(bytes).why(), testing::HasSubstr("protocol 7 (Halfopen 9.1)"));
}

TEST(StreamReader, aProtocolIsANumber) {
    for (const char* protocol : {"", "0", "-1", "1x", "99999999999", "1 1"}) {
        Bytes bytes;
        append(bytes, fmt::format("halfopen stream {} ab12\n", protocol));
        EXPECT_THAT(Heard(bytes).why(), testing::HasSubstr("does not say who it is")) << protocol;
    }
}

TEST(StreamReader, theOtherByteOrderIsRefused) {
    Bytes bytes;
    append(bytes, firstLine(kNonce));
    append(bytes, encode(Hello{.littleEndian = std::endian::native != std::endian::little}));
    EXPECT_THAT(Heard(bytes).why(), testing::HasSubstr("db7 is a machine of the other byte order"));
}

Bytes header(std::uint32_t length, std::uint16_t type) {
    nlmsghdr head{};
    head.nlmsg_len = length;
    head.nlmsg_type = type;
    Bytes bytes(sizeof head);
    std::memcpy(bytes.data(), &head, sizeof head);
    return bytes;
}

TEST(StreamReader, damageEndsIt) {
    for (const Bytes& damaged : {header(0, NLMSG_NOOP), header(15, NLMSG_NOOP), header(~0U, NLMSG_NOOP),
                                 header(kMostMessage + 1, NLMSG_NOOP), header(16, NLMSG_DONE), header(16, 20)}) {
        Bytes bytes = opening();
        append(bytes, damaged);
        EXPECT_FALSE(Heard(bytes).result);
        Bytes first;
        append(first, firstLine(kNonce));
        append(first, damaged);
        EXPECT_FALSE(Heard(first).result) << "in place of hello";
    }
    Bytes twice = opening();
    append(twice, encode(Hello{}));
    EXPECT_FALSE(Heard(twice).result);
    Bytes before;
    append(before, firstLine(kNonce));
    append(before, dump());
    EXPECT_FALSE(Heard(before).result);
}

TEST(StreamReader, compressedOrNotItIsTheSame) {
    if (!hasZstd())
        GTEST_SKIP() << "built without libzstd";
    Bytes bytes = opening(true);
    const auto compressor = Compressor::make(1000);
    for (int time = 0; time < 3; ++time)
        compressor->add(dump(), bytes);
    for (const std::size_t pieces : {std::size_t{1}, std::size_t{13}, bytes.size()})
        EXPECT_EQ(Heard(bytes, pieces).lines.size(), 1 + 3 * (kDump.size() - 1)) << pieces;
    Bytes cut(bytes.begin(), bytes.end() - 1);
    EXPECT_TRUE(Heard(cut).result) << "the rest may come";
    Bytes damaged = opening(true);
    append(damaged, "this is no zstd");
    EXPECT_THAT(Heard(damaged).why(), testing::HasSubstr("What db7 says makes no sense: zstd"));
}

/// The most memory that this process has had, KiB.
std::size_t highWater() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (std::size_t size = 0; word == "VmHWM:" && status >> size)
            return size;
    return 0;
}

/// What begins like this, and then has 256 MiB of zeros.
Bytes bomb(const Bytes& beginning) {
    const Bytes zeros(1 << 20);
    Bytes bytes = opening(true);
    const auto compressor = Compressor::make(zeros.size());
    compressor->add(beginning, bytes);
    for (int mebibyte = 0; mebibyte < 256; ++mebibyte)
        compressor->add(zeros, bytes);
    return bytes;
}

TEST(StreamReader, whatWouldUnfoldBeyondTheLimitIsRefusedBefore) {
    if (!hasZstd())
        GTEST_SKIP() << "built without libzstd";
    for (const Bytes& beginning : {Bytes(), header(kMostMessage + 1, NLMSG_NOOP), header(~0U, NLMSG_NOOP)}) {
        const Bytes bytes = bomb(beginning);
        EXPECT_LT(bytes.size(), 100'000U);
        const std::size_t before = highWater();
        EXPECT_THAT(Heard(bytes).why(), testing::HasSubstr("What db7 says makes no sense: a message of type"));
        EXPECT_LT(highWater(), before + 16 * 1024) << beginning.size();
    }
}

} // namespace
} // namespace halfopen::stream
