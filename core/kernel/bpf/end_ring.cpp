// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/end_ring.h"

#include "core/kernel/bpf/decode_event.h"
#include "core/kernel/bpf/exact_record.h"
#include "core/kernel/tick/tick_source.h"

#include <unistd.h>

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <utility>

namespace halfopen {

/// The ends of one namespace, as far as they were read and not taken yet.
class EndRing::View final : public EventSource {
public:
    View(std::shared_ptr<EndRing> ring, std::uint64_t cookie)
        : m_ring(std::move(ring))
        , m_cookie(cookie) {
        m_ring->m_views.push_back(this);
    }
    ~View() override { std::erase(m_ring->m_views, this); }

    EventDrain drain(std::vector<DestroyEvent>& events) override {
        m_ring->read();
        events.insert(events.end(), m_events.begin(), m_events.end());
        m_events.clear();
        return std::exchange(m_drain, {});
    }
    int descriptor() const override { return m_ring->m_programs->ends()->ring.get(); }
    bool tellsAtOnce() const override { return true; }

    void add(const NetnsEvent& one) {
        if (one.netnsCookie == m_cookie)
            m_events.push_back(one.event);
    }
    /// Whose they were nobody knows.
    void addLost(const EventDrain& some) {
        m_drain.lost += some.lost;
        m_drain.damaged += some.damaged;
    }

private:
    std::shared_ptr<EndRing> m_ring;
    std::uint64_t m_cookie;
    std::vector<DestroyEvent> m_events;
    EventDrain m_drain;
};

Result<EndRingPtr> EndRing::open(ExactProgramsPtr programs) {
    const auto unread = [] {
        return failure(ErrorCode::Unreadable,
                       Sentence::tr("What the kernel tells of ends cannot be read here: {0}.", Errno{errno}));
    };
    auto ring = RingMemory::map(programs->ends()->ring.get(), EXACT_RING_BYTES);
    if (!ring)
        return unread();
    void* const lost = ::mmap(nullptr, static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)), PROT_READ, MAP_SHARED,
                              programs->ends()->lost.get(), 0);
    if (lost == MAP_FAILED)
        return unread();
    ring->skipAll();
    return EndRingPtr(new EndRing(std::move(programs), std::move(*ring), static_cast<const std::uint64_t*>(lost)));
}

EndRing::EndRing(ExactProgramsPtr programs, RingMemory ring, const std::uint64_t* lost)
    : m_programs(std::move(programs))
    , m_ring(std::move(ring))
    , m_lost(lost)
    , m_lostBefore(*lost)
    , m_hz(readTickRate()) {}

EndRing::~EndRing() {
    ::munmap(const_cast<std::uint64_t*>(m_lost), static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)));
}

std::unique_ptr<EventSource> EndRing::of(std::uint64_t cookie) {
    const std::uint64_t told = m_programs->ends()->netns;
    if (cookie == 0 || (told != 0 && told != cookie))
        return nullptr;
    return std::make_unique<View>(shared_from_this(), cookie);
}

void EndRing::read() {
    EventDrain drained;
    m_ring.takeAll([&](std::span<const std::byte> bytes) {
        const auto event = decodeEvent(bytes, m_hz);
        drained.damaged += event ? 0 : 1;
        if (event)
            for (View* view : m_views)
                view->add(*event);
    });
    const std::uint64_t lost = std::atomic_ref(*const_cast<std::uint64_t*>(m_lost)).load(std::memory_order_relaxed);
    drained.lost = static_cast<std::uint32_t>(lost - std::exchange(m_lostBefore, lost));
    for (View* view : m_views)
        view->addLost(drained);
}

} // namespace halfopen
