// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keepalive/evidence.h"
#include "core/kernel/diag/source.h"
#include "core/model/frame.h"
#include "core/model/row.h"
#include "core/monitor/cookie_set.h"
#include "core/monitor/seen_names.h"
#include "core/monitor/surroundings_of.h"

#include <array>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

namespace halfopen {

class Grader;
class ProcessLookup;

/// How long new, changed and closed rows stay marked.
inline constexpr std::chrono::seconds kMarkFor{3};

/// Makes the next frame out of one sample and the frame before. What was learnt of a connection's options travels from
/// its old row to its new one, so there is no other memory. Everything a connection needs happens while its message is
/// in the cache: find its old row, learn, forecast, diagnose, compare.
///
/// A cookie is one row. While sockets come and go, a dump lists some twice and misses others (the kernel goes on in a
/// hash chain by counting, net/ipv4/inet_diag.c): a row is closed when two dumps in a row lack it and a look for this
/// one socket finds none, or one where the kernel told that the socket was freed.
class FrameBuilder : public ConnectionSink {
public:
    /// What is in view, see Frame.
    struct View {
        std::uint16_t index = 0;
        bool all = true;
    };
    /// What one frame is made with besides the samples.
    struct Context {
        Query query;
        View view;
        MonotonicTime now{};             ///< start of this sample
        MonotonicTime origin{};          ///< Frame::origin
        Grader* grader = nullptr;        ///< compares what was forecast with what came; may be null
        ProcessLookup* lookup = nullptr; ///< tells owners and options as far as they were found; may be null
        MachineState machine;            ///< as it is at this sample
        std::shared_ptr<Frame> frame;    ///< an empty frame to build in; null: one is made
    };
    /// And the sample of one network namespace.
    struct NetnsPass {
        NetnsContextPtr netns = std::make_shared<const NetnsContext>(); ///< what its rows mean; never null
        std::uint16_t index = 0;                      ///< into Frame::namespaces: the same one in every frame
        Source* source = nullptr;                     ///< looks for a socket that two dumps lack; may be null
        PathSource* paths = nullptr;                  ///< looks up where segments go; may be null
        std::unordered_set<std::uint64_t> ownCookies; ///< sockets of Halfopen itself, never listed
        FlightMemory* flights = nullptr;              ///< of its samples before; may be null
        /// How far what this machine's clock shows of its moments may be off, either way: forecasts tell it.
        std::chrono::nanoseconds clockError{0};
        std::unordered_set<std::uint64_t> freed; ///< the kernel told that it freed these well before this dump
    };
    /// @param previous  the frame before; nullptr for the first, whose rows then do not count as new
    FrameBuilder(FramePtr previous, Context context);

    /// The sample of a namespace begins; add() and restart() are about it until endNetns(). Its first rows do not count
    /// as new.
    void beginNetns(NetnsPass pass);
    /// It is complete.
    void endNetns(const SampleSummary& summary);
    /// A namespace that has no sample in this frame, or whose sample failed after beginNetns(): its rows of the frame
    /// before, as they were. @param netns  what they mean now; null: what they did
    void carryNetns(std::uint16_t index, NetnsContextPtr netns = nullptr);

    /// The rows of a namespace leave without having ended: it is looked at in another way from now on.
    void leaveNetns(std::uint16_t index);

    void expect(std::size_t connections) override;
    void restart() override;
    void add(const Connection& connection) override;
    void addExact(const Connection& connection, const ExactFacts& facts) override;
    void addToken(std::uint64_t cookie, std::uint32_t token) override;

    /// Ends the frame: closed rows (those of namespaces that were neither sampled nor carried among them), index,
    /// counts. arrange() is the caller's to call once owners and names are in place.
    std::shared_ptr<Frame> finish();
    /// Ends the frame of a sample that failed: the rows of the frame before, as they were, with this error.
    std::shared_ptr<Frame> finishFailed(Error error);

    /// Rows of the previous frame (indexes) that have ended. After finish().
    const std::vector<std::uint32_t>& vanished() const { return m_vanished; }
    /// Rows of the previous frame (indexes) whose socket has no descriptor any more, and goes on.
    const std::vector<std::uint32_t>& released() const { return m_released; }

    /// Of the rows added; `interfaces` of those since beginNetns().
    const SeenNames& names() const { return m_names; }
    /// Rows of all namespaces by their diagnosis, closed ones not counted.
    const DiagnosisCounts& diagnoses() const { return m_diagnoses; }

private:
    /// How far the frame had come when the namespace at hand began.
    struct Mark {
        std::size_t rows = 0;
        std::size_t unread = 0;
        std::size_t mptcp = 0;
        std::size_t rates = 0;
        std::size_t listening = 0;
        std::size_t released = 0;
        std::uint32_t appeared = 0;
        std::array<std::uint32_t, kQuickFilterCount> quickCounts{};
        DiagnosisCounts inView{}; ///< Frame::diagnoses
        DiagnosisCounts diagnoses{};
    };
    const Row* previousOf(const Connection& connection, bool& listed);
    Past pastOf(const Row* before) const;
    void place(const Connection& sampled, const ExactFacts* facts);
    void learnOptions(Row& row, const Row* before, const ExactFacts* facts) const;
    void lookUp(Row& row, const Past& past) const;
    void setNetns(std::uint16_t index, NetnsContextPtr netns, NetnsSample sample);
    NetnsSample sampleBefore(std::uint16_t index, const NetnsContext& netns) const;
    bool isOtherHost(std::uint16_t index, const NetnsContext& netns) const;
    /// Since when nothing is known of a socket that the namespace's sample before lacked; epoch: there was none.
    MonotonicTime lackedSince() const { return m_sampleBefore.started; }
    bool isFirst() const { return m_sampleBefore.started == MonotonicTime{}; }
    bool inheritFrom(Row& row, const Row* before) const;
    Surroundings surroundingsOf(const Row& row, const Row* before, const ExactFacts* facts);
    void forecastRow(Row& row, const Row* before, const ListenerFacts* listener, const ExactFacts* facts,
                     bool listenerChanged = false);
    void forecastRequests();
    void noteMoved(std::uint32_t index, const Row* before);
    void notePart(const Connection& connection);
    void keepPart(const Row& old);
    std::optional<MonotonicTime> noteUnread(const Row& row, const Row* before);
    bool isNew(const Row* before) const;
    void compare(Row& row, const Row* before) const;
    void grade(Row& row, const Row* before) const;
    void remember(Row& row, const Row* before);
    void appendMissed();
    void appendClosed();
    void appendClosed(const Row& old, std::uint8_t ago);
    void appendAsItWas(const Row& old, bool missed);
    bool hasEnded(const Row& old);
    void keepGoneNetns();
    void keepWhatIsKnown();
    void endFrame();
    void count(const Row& row);
    std::uint8_t age(const Row& row) const;
    static bool isMarked(std::uint8_t quarters);

    const TcpSysctls& sysctls() const { return m_pass.netns->sysctls; }
    const TickClock& clock() const { return m_pass.netns->host->clock; }

    FramePtr m_previous;
    Context m_context;
    NetnsPass m_pass;           ///< the namespace at hand
    NetnsSample m_sampleBefore; ///< its sample before; `started` is epoch where there was none
    Grader* m_grader = nullptr; ///< of this sample of the namespace at hand; null: nothing is graded
    TickClock m_withoutPhase;
    std::shared_ptr<Frame> m_frame;
    std::future<void> m_populated; ///< room for the first frame's rows; waited for when the builder goes
    std::vector<bool> m_seen;      ///< of the previous frame's rows
    Requests m_requests;
    CookieSet m_new;        ///< cookies of this frame that the previous one did not have
    std::size_t m_hint = 0; ///< the dump's order rarely changes: where the next old row probably is
    std::vector<std::uint32_t> m_vanished;
    std::vector<std::uint32_t> m_released;
    SeenNames m_names;
    std::vector<bool> m_hasNetns; ///< by their place: sampled or carried
    DiagnosisCounts m_diagnoses{};
    Mark m_mark;
    std::size_t m_lookedFor = 0;    ///< sockets that two dumps lacked
    bool m_settingsChanged = false; ///< of the namespace at hand, since the previous frame
    bool m_otherHost = false;       ///< it is another machine's than in the previous frame
    std::uint8_t m_quarters = 0;    ///< quarter seconds since the previous frame
};

} // namespace halfopen
