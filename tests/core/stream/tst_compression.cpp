// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/compression.h"
#include "core/stream/limits.h"

#include <gtest/gtest.h>

#ifdef HALFOPEN_ZSTD
#include <zstd.h>
#endif

namespace halfopen::stream {
namespace {

using Bytes = std::vector<std::byte>;

Bytes decompressed(const Bytes& compressed, std::size_t most = SIZE_MAX) {
    const auto decompressor = Decompressor::make();
    Bytes plain;
    ByteView rest(compressed);
    for (std::size_t before = 1; (!rest.empty() || plain.size() != before) && plain.size() < most;) {
        before = plain.size();
        if (!decompressor->read(rest, plain))
            return {};
    }
    return plain;
}

Bytes noise(std::size_t size) {
    Bytes bytes(size);
    std::uint32_t state = 1;
    for (std::byte& byte : bytes)
        byte = static_cast<std::byte>((state = state * 1664525 + 1013904223) >> 24);
    return bytes;
}

class Compression : public testing::Test {
    void SetUp() override {
        if (!hasZstd())
            GTEST_SKIP() << "built without libzstd";
    }
};

TEST_F(Compression, theSameDumpAgainCostsNextToNothing) {
    const Bytes dump = noise(400'000);
    const auto compressor = Compressor::make(dump.size());
    Bytes compressed;
    compressor->add(dump, compressed);
    const std::size_t first = compressed.size();
    compressor->add(dump, compressed);
    EXPECT_GT(first, dump.size() / 2) << "noise is not made smaller";
    EXPECT_LT(compressed.size() - first, dump.size() / 50);
    Bytes both = dump;
    both.insert(both.end(), dump.begin(), dump.end());
    EXPECT_EQ(decompressed(compressed), both);
}

TEST_F(Compression, aLargerWindowMayFollow) {
    const auto small = Compressor::make(1000);
    EXPECT_TRUE(small->fits(1000));
    EXPECT_FALSE(small->fits(1'000'000));
    Bytes compressed;
    small->add(noise(10), compressed);
    small->end(compressed);
    Compressor::make(1'000'000)->add(noise(20), compressed);
    Bytes both = noise(10);
    const Bytes second = noise(20);
    both.insert(both.end(), second.begin(), second.end());
    EXPECT_EQ(decompressed(compressed), both);
}

TEST_F(Compression, whatWasAddedCanBeReadAtOnce) {
    const auto compressor = Compressor::make(1);
    Bytes compressed;
    compressor->add(noise(10), compressed);
    EXPECT_EQ(decompressed(compressed), noise(10));
}

#ifdef HALFOPEN_ZSTD
TEST_F(Compression, moreMemoryThanIsGivenIsRefused) {
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, kMostWindowLog + 1);
    const Bytes plain(1 << 20);
    Bytes compressed(ZSTD_compressBound(plain.size()));
    ZSTD_inBuffer in{plain.data(), plain.size(), 0};
    ZSTD_outBuffer out{compressed.data(), compressed.size(), 0};
    ZSTD_compressStream2(context, &out, &in, ZSTD_e_flush);
    ZSTD_freeCCtx(context);
    compressed.resize(out.pos);
    EXPECT_TRUE(decompressed(compressed).empty());
}
#endif

} // namespace
} // namespace halfopen::stream
