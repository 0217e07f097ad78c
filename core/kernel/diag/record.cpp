// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/record.h"

#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/diag/recording.h"

namespace halfopen {

namespace {

/// A pass over the messages themselves: the sink has nothing to do, the tap gets everything.
class NoSink : public ConnectionSink {
public:
    explicit NoSink(RawDump& batches)
        : m_batches(batches) {}
    void restart() override { m_batches.clear(); }
    void add(const Connection&) override {}

private:
    RawDump& m_batches;
};

} // namespace

Result<RawDump> rawDump(const NetnsAccessPtr& netns) {
    auto source = NetlinkSource::open(netns);
    if (!source)
        return tl::unexpected(source.error());
    RawDump batches;
    (*source)->setTap([&](const RawBatch& batch) {
        if (!batch.ofMptcp)
            batches.emplace_back(batch.bytes.begin(), batch.bytes.end());
    });
    NoSink sink(batches);
    if (auto summary = (*source)->sample({}, sink); !summary)
        return tl::unexpected(summary.error());
    return batches;
}

Result<std::size_t> writeRecording(const std::filesystem::path& file, std::span<const RecordedNetns> parts) {
    auto writer = RecordingWriter::create(file);
    if (!writer)
        return tl::unexpected(writer.error());
    std::size_t sockets = 0;
    for (const RecordedNetns& part : parts) {
        for (const ByteView batch : part.batches)
            writer->write(filterBatch(batch, [&](const Connection& connection) {
                const bool wanted = !part.keep || part.keep(connection);
                sockets += wanted ? 1 : 0;
                return wanted;
            }));
        writer->endNetns(part.trailer);
    }
    if (auto done = writer->finish(); !done)
        return tl::unexpected(done.error());
    return sockets;
}

} // namespace halfopen
