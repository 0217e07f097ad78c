// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/grades/promise.h"
#include "core/history/classifier.h"
#include "core/history/clock_log.h"
#include "core/model/close_step.h"
#include "core/model/destroy_event.h"
#include "core/model/ended_connection.h"
#include "core/model/frame.h"
#include "core/model/row.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace halfopen {

class Grader;

/// Makes records out of one frame after the other and the kernel's destroy events, joined by cookie.
///
/// A connection has ended when FrameBuilder says so: two dumps lacked it, or one after its destroy event. An event
/// alone ends nothing, for a socket may go on as a timewait socket; it is set against a dump that began after it. Where
/// the kernel dropped events, that is counted, and the dumps tell what has ended.
///
/// One for each network namespace: ends are told by namespace, and so are ports. One thread, the one that samples.
class Recorder {
public:
    /// @param eventsReported  see expectEvents()
    /// @param grader      grades the forecasts of the ends; may be null, must outlive the recorder
    /// @param netnsIndex  which rows are its own, Connection::netnsIndex
    explicit Recorder(bool eventsReported, Grader* grader = nullptr, std::uint16_t netnsIndex = 0)
        : m_eventsReported(eventsReported)
        , m_grader(grader)
        , m_netnsIndex(netnsIndex) {}

    /// @param reported  the kernel tells when a socket is freed, and nothing before: what ended without that is held by
    ///                  its program; else only what a dump no longer has is known to have ended, or what is told at
    ///                  once
    void expectEvents(bool reported) { m_eventsReported = reported; }

    /// Takes the events that have come so far, in the order of the kernel. To be called soon after they come, so that
    /// their times are right.
    /// @param lost  how many times the kernel dropped events since the call before
    void add(std::span<const DestroyEvent> events, std::uint64_t lost);
    /// The sockets whose events had settled when a dump began at `start`: those that it lacks have ended.
    std::unordered_set<std::uint64_t> freedBefore(MonotonicTime start) const;
    /// How many times events were lost so far.
    std::uint64_t eventsLost() const { return m_lost; }

    /// How far it is with the end of these, which the person has asked for through Halfopen. What ends while it is not
    /// answered yet is classified once it is, or some seconds later.
    void noteClose(CloseStep step, std::span<const std::uint64_t> cookies);
    /// Sockets of Halfopen itself: no record.
    void ignore(std::uint64_t cookie) { m_ignored.insert(cookie); }

    /// What the step from one frame to the next tells.
    struct Step {
        const Frame* before = nullptr; ///< nullptr for the first frame
        const Frame* now = nullptr;
        /// Indexes into before->rows, those of other namespaces among them.
        std::span<const std::uint32_t> vanished; ///< have ended
        std::span<const std::uint32_t> released; ///< lost their descriptor, but go on
    };
    /// @return records of the connections whose end has become known, in the order of their ends; not numbered yet
    std::vector<EndedConnection> advance(const Step& step);

    /// Tells the recorder which records were published, so that it can name those still held.
    void published(std::span<const EndedConnectionPtr> records);
    /// Dead connections whose programs hold their descriptor, the last to end last. Known only while no event is lost.
    std::vector<EndedConnectionPtr> dead() const;

private:
    /// What a socket loses when it becomes a timewait socket or an orphan, and its record should still tell.
    struct Identity {
        std::uint32_t uid = 0;
        std::uint32_t inode = 0;
        std::string user;
        std::string interface;
        std::vector<Owner> owners;
        OwnerUnknown ownersUnknown = OwnerUnknown::NotLookedUp;
        ProcessUnit unit;
        KeepaliveOptions options;
        std::optional<MonotonicTime> lastLife;
    };
    struct Pending {
        LastObservations observed;
        std::optional<Identity> identity;
        std::optional<Promise> promise; ///< of its end
        bool listenerGone = false;      ///< for a request in SYN-RECV
        Endpoint local;
        Endpoint remote;
        MonotonicTime firstSeen{};
        SocketKey key;
        std::string netnsName;
        ProcessUnit unit;             ///< where nothing else of it is known
        std::uint64_t lostBefore = 0; ///< m_lost when the last frame with it was made

        void take(const DestroyEvent& event);
    };

    static Identity identify(const Frame& frame, const Row& row);
    void keepIdentities(const Step& step);
    void addVanished(const Step& step);
    void joinEvents(const Step& step);
    bool join(const DestroyEvent& event, const Step& step);
    void addUnsampled(const DestroyEvent& event, const Step& step);
    bool goesOn(const DestroyEvent& event, const Step& step);
    bool isForeign(const DestroyEvent& event) const;
    void tellLook(const Pending& pending, EndedConnection& record) const;
    void tellIdentity(Identity&& identity, EndedConnection& record) const;
    bool isAwaited(std::uint64_t cookie, const Pending& pending, const Frame& now);
    void grade(const Pending& pending, const ClassifiedEnding& classified, EndedConnection& record) const;
    EndedConnection recordFor(std::uint64_t cookie, Pending&& pending);

    bool isOwn(const Row& row) const { return row.connection.netnsIndex == m_netnsIndex; }
    bool isListed(const Frame& frame, std::uint64_t cookie) const;
    bool isMissed(const Frame& frame, std::uint64_t cookie) const;

    bool m_eventsReported;
    Grader* m_grader = nullptr;
    std::uint16_t m_netnsIndex = 0;      ///< into Frame::namespaces
    std::vector<DestroyEvent> m_waiting; ///< not set against a dump yet
    std::unordered_map<std::uint64_t, Identity> m_identities;
    std::unordered_map<std::uint64_t, Pending> m_pending;         ///< during advance()
    std::unordered_map<std::uint64_t, EndedConnectionPtr> m_dead; ///< null until published
    std::unordered_set<std::uint64_t> m_closing;                  ///< asked for, not answered
    std::unordered_set<std::uint64_t> m_closedByHalfopen;
    std::unordered_set<std::uint64_t> m_resetByHalfopen; ///< those of them whose programs get ECONNRESET
    std::unordered_set<std::uint64_t> m_ignored;
    std::optional<std::set<std::pair<Endpoint, Endpoint>>>
        m_minis; ///< of the frame at hand, where they were looked for
    ClockLog m_clock;
    MonotonicTime m_begun{};           ///< start of the first dump; epoch: none yet
    std::deque<MonotonicTime> m_dumps; ///< and of the last ones, ascending
    std::uint64_t m_lost = 0;
    std::uint64_t m_lostBefore = 0;  ///< m_lost when the frame before was made
    std::uint64_t m_lostEarlier = 0; ///< and when the one before that was
};

} // namespace halfopen
