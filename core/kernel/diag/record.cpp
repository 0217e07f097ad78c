// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/record.h"

#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/diag/recording.h"

#include <vector>

namespace halfopen {

namespace {

using Batches = std::vector<std::vector<std::byte>>;

/// A pass over the messages themselves: the sink has nothing to do, the tap gets everything.
class NoSink : public ConnectionSink {
public:
    explicit NoSink(Batches& batches)
        : m_batches(batches) {}
    void restart() override { m_batches.clear(); }
    void add(const Connection&) override {}

private:
    Batches& m_batches;
};

Result<Batches> rawDump() {
    auto source = NetlinkSource::open();
    if (!source)
        return tl::unexpected(source.error());
    Batches batches;
    (*source)->setTap([&](const RawBatch& batch) {
        if (!batch.ofMptcp)
            batches.emplace_back(batch.bytes.begin(), batch.bytes.end());
    });
    NoSink sink(batches);
    if (auto summary = (*source)->sample({}, sink); !summary)
        return tl::unexpected(summary.error());
    return batches;
}

} // namespace

Result<std::size_t> writeRecording(const std::filesystem::path& file,
                                   const std::function<bool(const Connection&)>& keep,
                                   const RecordingTrailer& trailer) {
    const auto batches = rawDump();
    if (!batches)
        return tl::unexpected(batches.error());
    return writeRecording(file, std::vector<ByteView>(batches->begin(), batches->end()), keep, trailer);
}

Result<std::size_t> writeRecording(const std::filesystem::path& file, std::span<const ByteView> batches,
                                   const std::function<bool(const Connection&)>& keep,
                                   const RecordingTrailer& trailer) {
    auto writer = RecordingWriter::create(file);
    if (!writer)
        return tl::unexpected(writer.error());
    std::size_t sockets = 0;
    for (const ByteView batch : batches)
        writer->write(filterBatch(batch, [&](const Connection& connection) {
            const bool wanted = !keep || keep(connection);
            sockets += wanted ? 1 : 0;
            return wanted;
        }));
    if (auto done = writer->finish(trailer); !done)
        return tl::unexpected(done.error());
    return sockets;
}

} // namespace halfopen
