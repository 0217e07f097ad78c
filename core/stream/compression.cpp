// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/compression.h"

#ifdef HALFOPEN_ZSTD
#include "core/stream/limits.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#endif

namespace halfopen::stream {

#ifdef HALFOPEN_ZSTD

namespace {

constexpr int kLevel = 3;
constexpr int kLeastWindowLog = 17;
// A table that finds again what a large window has; with less, a fifteenth is lost at 10,000 sockets.
constexpr int kMostTableLog = 20;

/// For the dump before, and what came in between.
int windowLogOf(std::size_t dump) {
    return std::clamp(static_cast<int>(std::bit_width(3 * dump)), kLeastWindowLog, kMostWindowLog);
}

class ZstdCompressor final : public Compressor {
public:
    explicit ZstdCompressor(std::size_t dump)
        : m_context(ZSTD_createCCtx())
        , m_buffer(ZSTD_CStreamOutSize())
        , m_windowLog(windowLogOf(dump)) {
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_compressionLevel, kLevel);
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_windowLog, m_windowLog);
        for (const auto table : {ZSTD_c_hashLog, ZSTD_c_chainLog})
            ZSTD_CCtx_setParameter(m_context.get(), table, std::min(m_windowLog, kMostTableLog));
    }

    void add(ByteView bytes, std::vector<std::byte>& to) override { add(bytes, ZSTD_e_flush, to); }
    bool fits(std::size_t dump) const override { return windowLogOf(dump) <= m_windowLog; }
    void end(std::vector<std::byte>& to) override { add({}, ZSTD_e_end, to); }

private:
    void add(ByteView bytes, ZSTD_EndDirective how, std::vector<std::byte>& to) {
        ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
        std::size_t left = 0;
        do {
            ZSTD_outBuffer out{m_buffer.data(), m_buffer.size(), 0};
            left = ZSTD_compressStream2(m_context.get(), &out, &in, how);
            if (ZSTD_isError(left)) // no memory: the stream ends in the middle, which the other side sees
                return;
            to.insert(to.end(), m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(out.pos));
        } while (left != 0 || in.pos < in.size);
    }

    struct Free {
        void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    };
    std::unique_ptr<ZSTD_CCtx, Free> m_context;
    std::vector<std::byte> m_buffer;
    int m_windowLog;
};

class ZstdDecompressor final : public Decompressor {
public:
    ZstdDecompressor()
        : m_context(ZSTD_createDCtx())
        , m_buffer(ZSTD_DStreamOutSize()) {
        ZSTD_DCtx_setParameter(m_context.get(), ZSTD_d_windowLogMax, kMostWindowLog);
    }

    Result<void> read(ByteView& bytes, std::vector<std::byte>& to) override {
        ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
        ZSTD_outBuffer out{m_buffer.data(), m_buffer.size(), 0};
        const std::size_t status = ZSTD_decompressStream(m_context.get(), &out, &in);
        if (ZSTD_isError(status))
            return failure(ErrorCode::Unreadable, Sentence::tr("zstd: {0}", ZSTD_getErrorName(status)));
        to.insert(to.end(), m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(out.pos));
        bytes = bytes.subspan(in.pos);
        return {};
    }

private:
    struct Free {
        void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
    };
    std::unique_ptr<ZSTD_DCtx, Free> m_context;
    std::vector<std::byte> m_buffer;
};

} // namespace

bool hasZstd() {
    return true;
}
std::unique_ptr<Compressor> Compressor::make(std::size_t dump) {
    return std::make_unique<ZstdCompressor>(dump);
}
std::unique_ptr<Decompressor> Decompressor::make() {
    return std::make_unique<ZstdDecompressor>();
}

#else

bool hasZstd() {
    return false;
}
std::unique_ptr<Compressor> Compressor::make(std::size_t) {
    return nullptr;
}
std::unique_ptr<Decompressor> Decompressor::make() {
    return nullptr;
}

#endif

} // namespace halfopen::stream
