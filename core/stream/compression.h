// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/decode.h"
#include "core/model/error.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace halfopen::stream {

/// Whether this program was built with libzstd.
bool hasZstd();

/// One zstd stream, written piece by piece: what a dump has of the dump before it costs next to nothing.
class Compressor {
public:
    /// @param dump  bytes of a dump, about: the window takes in two of them. @return null where there is no zstd
    static std::unique_ptr<Compressor> make(std::size_t dump);
    virtual ~Compressor() = default;
    /// Appends what becomes of `bytes`, so that whoever has read it has read all of them.
    virtual void add(ByteView bytes, std::vector<std::byte>& to) = 0;
    /// Whether the window takes in two dumps of this size, as far as it may.
    virtual bool fits(std::size_t dump) const = 0;
    /// Ends the stream; another one may follow.
    virtual void end(std::vector<std::byte>& to) = 0;
};

/// The other side of it.
class Decompressor {
public:
    static std::unique_ptr<Decompressor> make(); ///< null where there is no zstd
    virtual ~Decompressor() = default;
    /// Takes from the front of `bytes` and appends what it was, 128 KiB at the most.
    /// @return Unreadable: it is no zstd stream, or one that takes more memory than is given
    virtual Result<void> read(ByteView& bytes, std::vector<std::byte>& to) = 0;
};

} // namespace halfopen::stream
