// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/event_source.h"
#include "core/kernel/diag/mptcp_dump.h"
#include "core/kernel/diag/source.h"
#include "core/monitor/netns_watch.h"
#include "core/stream/remote_link.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen::stream {

using RemoteLinkPtr = std::shared_ptr<RemoteLink>;

/// Another machine's connections, as halfopenctl over there tells them. Its rows carry HostContext::host, so nothing
/// takes them for this machine's; its times are of its own clock, which is known here but for what a round trip takes,
/// so its forecasts are bands. Where the line is lost the sample fails and says since when.
class RemoteSource final : public Source {
public:
    /// Waits for the first dump. @return why there is none
    static Result<std::unique_ptr<RemoteSource>> open(RemoteLinkPtr link);

    void prepare() override;
    Result<SampleSummary> sample(const SampleRequest& request, ConnectionSink& sink) override;
    bool live() const override { return true; }
    std::optional<MachineFacts> machineFacts() const override;
    std::vector<ToldSocket> takeTold() override { return m_link->takeTold(); }
    bool settled() const override { return m_news.error || m_news.dump->end.settled; }
    /// Of its dump.
    MonotonicTime now() const override { return m_news.dump->end.started; }
    Result<KernelAnswer> answer(const KernelQuestion& question) override;

    /// The dump at hand; never null.
    const FarDumpPtr& dump() const { return m_news.dump; }
    const Hello& hello() const { return m_news.hello; }

private:
    explicit RemoteSource(RemoteLinkPtr link)
        : m_link(std::move(link)) {}
    std::vector<Sentence> notes() const;

    RemoteLinkPtr m_link;
    RemoteLink::News m_news;
    std::uint64_t m_sampled = 0; ///< number of the dump of the last sample
    bool m_quiet = false;        ///< nothing was heard since
    SharedCookies m_mptcpShared;
    bool m_slept = false; ///< it has slept between the dump before and this one
};

/// When sockets over there end.
class RemoteEvents final : public EventSource {
public:
    explicit RemoteEvents(RemoteLinkPtr link)
        : m_link(std::move(link)) {}
    EventDrain drain(std::vector<DestroyEvent>& events) override;
    int descriptor() const override { return m_link->eventDescriptor(); }

private:
    RemoteLinkPtr m_link;
};

/// What a Monitor looks at. Waits for the first dump. @return why there is none
Result<WatchedNetns> watchRemote(const RemoteLinkPtr& link);

/// Each batch of a dump with its mark. @param visit  returns false to end it
void eachBatch(const FarDump& dump, const std::function<bool(const BatchMark&, ByteView)>& visit);

} // namespace halfopen::stream
