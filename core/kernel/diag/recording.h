// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/decode.h"
#include "core/kernel/diag/recording_trailer.h"
#include "core/kernel/diag/source.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace halfopen {

/// Writes raw sock_diag messages one after the other: the format of `ss -D FILE`. The file appears under its name only
/// when it is complete (temporary file and rename); whoever must not leave the temporary one behind keeps signals away
/// until finish() or the destructor.
class RecordingWriter {
public:
    /// @return an error that names the file where it cannot be created
    static Result<RecordingWriter> create(const std::filesystem::path& file);
    /// A device or a pipe is written as it is; everything else is replaced by a file with the rights of the umask.
    static bool writesThrough(const std::filesystem::path& file);
    RecordingWriter(RecordingWriter&&) noexcept;
    RecordingWriter& operator=(RecordingWriter&&) noexcept;
    ~RecordingWriter(); ///< removes what was not finished

    /// Appends raw messages. A failure (a full disk) is kept and told by finish().
    void write(ByteView batch);
    /// Ends what is of one network namespace. The messages of another one may follow.
    void endNetns(const RecordingTrailer& trailer);
    /// Flush, fsync, rename. @return SomeFailed with the file and the reason
    Result<void> finish();

private:
    struct Impl;
    explicit RecordingWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// The messages of `batch` that are no socket, or a socket that `keep` wants. A damaged rest is left out.
std::vector<std::byte> filterBatch(ByteView batch, const std::function<bool(const Connection&)>& keep);

/// Asked while a recording is read, after each block and at least ten times a second: false calls it off.
/// @param read  bytes so far; they are counted again from 0 while they are decoded
/// @param of    bytes of the file; 0 where nobody knows (a pipe)
using KeepReading = std::function<bool(std::uintmax_t read, std::uintmax_t of)>;

/// A recording as a source: every sample is the same. What stands before a damage is read, and a note names its offset.
/// Where the file holds several network namespaces, each is a source of its own.
class RecordingSource : public Source {
public:
    /// Takes as long as the file does: a pipe is waited for.
    /// @param keepReading  empty: nobody calls it off
    /// @return NotFound where the file cannot be opened, Unreadable where not one message could be read, SomeFailed
    ///         where it was called off
    static Result<std::unique_ptr<RecordingSource>> open(const std::filesystem::path& file,
                                                         const KeepReading& keepReading = {});
    /// The same from bytes; for tests and the fuzzer.
    static Result<std::unique_ptr<RecordingSource>> parse(ByteView bytes);

    Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) override;
    bool live() const override { return false; }
    std::optional<MachineFacts> machineFacts() const override;
    std::vector<std::unique_ptr<Source>> takeOthers() override { return std::exchange(m_others, {}); }
    const std::vector<Sentence>& notes() const { return m_notes; }

private:
    RecordingSource() = default;
    static Result<std::unique_ptr<RecordingSource>> decode(std::vector<std::byte> bytes,
                                                           const KeepReading& keepReading);
    /// What the whole file has of one namespace.
    struct Part {
        std::shared_ptr<const std::vector<std::byte>> file;
        std::size_t begin = 0;
        std::size_t end = 0;
        std::optional<RecordingTrailer> trailer;
    };
    static std::vector<Part> partsOf(std::vector<std::byte> bytes);
    /// @return false where it was called off
    bool read(const KeepReading& keepReading);
    ByteView bytes() const { return ByteView(*m_part.file).subspan(m_part.begin, m_part.end - m_part.begin); }

    Part m_part;
    std::vector<std::unique_ptr<Source>> m_others;
    std::vector<Connection> m_connections;
    std::unordered_map<std::uint64_t, std::uint32_t> m_tokens; ///< MptcpPart::token by cookie
    std::vector<Sentence> m_notes;
    std::optional<RecordingTrailer> m_trailer;
};

} // namespace halfopen
