// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/change_flow.h"

#include <QPointer>

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace halfopen {

namespace {

/// What was read back from those that were set, by namespace.
std::vector<ReadingsOrder> readingsOf(const ChangeRound& round) {
    std::map<HostNetns, std::vector<SocketReading>> all;
    for (const ChangeRound::Result& one : round.results)
        if (one.outcome)
            all[netnsOf(one.socket)].push_back({one.socket.cookie, *one.outcome, {}});
    std::vector<ReadingsOrder> orders;
    for (auto& [netns, readings] : all)
        orders.push_back({netns.second, std::move(readings), netns.first});
    return orders;
}

} // namespace

std::size_t ChangeRound::done() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(results, [](const Result& one) { return one.outcome.has_value(); }));
}

bool isEmpty(const OptionsChange& change) {
    return !change.enabled && !change.idleSeconds && !change.intervalSeconds && !change.probes && !change.userTimeoutMs;
}

std::optional<OptionsChange> undoOf(const OptionsChange& change, const KeepaliveOptions& before) {
    OptionsChange undo;
    bool known = true;
    const auto keep = [&known](const auto& changed, auto& target, auto value, Provenance from) {
        if (!changed)
            return;
        target = value;
        known = known && from == Provenance::Exact;
    };
    keep(change.enabled, undo.enabled, before.enabled == Switch::On, before.enabledFrom);
    keep(change.idleSeconds, undo.idleSeconds, before.idleSeconds, before.idleFrom);
    keep(change.intervalSeconds, undo.intervalSeconds, before.intervalSeconds, before.intervalFrom);
    keep(change.probes, undo.probes, static_cast<std::int32_t>(before.probes), before.probesFrom);
    keep(change.userTimeoutMs, undo.userTimeoutMs, static_cast<std::int32_t>(before.userTimeout.count()),
         before.userTimeoutFrom);
    return known ? std::optional(undo) : std::nullopt;
}

std::uint8_t followedOf(const OptionsChange& change, const KeepaliveOptions& before) {
    if ((before.followed & follows::Told) == 0)
        return 0;
    const int set = (change.idleSeconds ? follows::Idle : 0) | (change.intervalSeconds ? follows::Interval : 0) |
                    (change.probes ? follows::Probes : 0);
    return static_cast<std::uint8_t>(before.followed & set);
}

bool standsForAll(PrivilegeErrorKind kind) {
    switch (kind) {
    case PrivilegeErrorKind::NoSuchConnection:
    case PrivilegeErrorKind::NotSupported:
    case PrivilegeErrorKind::OutOfRange:
    case PrivilegeErrorKind::WriteFailed:
        return false;
    default:
        return true;
    }
}

ChangeFlow::ChangeFlow(SocketOperations& operations, QObject* parent)
    : QObject(parent)
    , m_operations(operations) {}

void ChangeFlow::apply(const Targets& targets, const OptionsChange& change, Undo undo) {
    if (m_busy)
        return;
    m_readFirst = undo == Undo::Wanted;
    std::vector<Step> steps;
    for (const Row* row : targets.rows)
        steps.push_back({targets.frame->keyOf(*row), row->options, change});
    // What could be read is most likely one's own: done before anybody is asked about the others.
    std::stable_partition(steps.begin(), steps.end(), [](const Step& step) { return step.known.exact(); });
    m_read.clear();
    begin(std::move(steps), {.change = change});
}

const std::set<SocketKey>& ChangeFlow::lastRound() const {
    static const std::set<SocketKey> none;
    return m_rounds.empty() ? none : m_rounds.back();
}

void ChangeFlow::undo(const std::vector<SocketKey>& keys) {
    if (m_busy)
        return;
    m_readFirst = false;
    std::vector<Step> steps;
    for (const SocketKey& key : keys) {
        const auto found = m_undo.find(key);
        if (found == m_undo.end())
            continue;
        const Past& last = found->second.back();
        steps.push_back({key, last.after, last.undo, last.round, last.followed});
    }
    // Those that are to be alike in one call, which the kernel does in one pass.
    std::ranges::stable_sort(steps, {}, [](const Step& step) {
        const OptionsChange& to = step.change;
        return std::tuple(netnsOf(step.key), to.enabled, to.idleSeconds, to.intervalSeconds, to.probes,
                          to.userTimeoutMs);
    });
    begin(std::move(steps), {.undo = true});
}

void ChangeFlow::cancel() {
    if (m_busy)
        m_operations.cancel(m_request);
}

void ChangeFlow::begin(std::vector<Step> steps, ChangeRound round) {
    if (steps.empty())
        return;
    m_busy = true;
    m_steps = std::move(steps);
    m_at = 0;
    m_round = std::move(round);
    m_round.number = ++m_number;
    Q_EMIT busyChanged();
    readFirst();
}

/// Of one namespace after the other.
void ChangeFlow::readFirst() {
    std::vector<SocketKey> unknown;
    for (const auto& step : m_steps) {
        const bool isRead = !m_readFirst || undoOf(step.change, step.known) || m_read.contains(netnsOf(step.key));
        if (!isRead && (unknown.empty() || netnsOf(step.key) == netnsOf(unknown.front())))
            unknown.push_back(step.key);
    }
    if (unknown.empty())
        return next();
    const auto batch = takeBatch(unknown);
    m_read.insert(netnsOf(batch.front()));
    m_request = m_operations.inspect(
        batch.front().netns, cookiesOf(batch), true,
        [self = QPointer(this), first = batch.front()](const Outcome<std::vector<SocketReading>>& answer) {
            if (!self)
                return;
            if (answer)
                self->learn(first, *answer);
            if (!answer && answer.error().kind == PrivilegeErrorKind::Dismissed)
                self->refused(1, answer.error());
            else
                self->readFirst(); // it can still be changed, only not undone
        });
}

/// @param first  of the namespace that they are of
void ChangeFlow::learn(const SocketKey& first, const std::vector<SocketReading>& readings) {
    std::unordered_map<SocketKey, const SocketReading*> read;
    for (const auto& reading : readings)
        read.emplace(SocketKey{reading.cookie, first.netns, first.host}, &reading);
    for (Step& step : m_steps) {
        if (const auto found = read.find(step.key); found != read.end() && found->second->options)
            step.known = *found->second->options;
    }
    Q_EMIT readingsArrived({first.netns, readings, first.host});
}

/// One call for all in a row of one namespace that are changed in the same way: an undo may have several.
void ChangeFlow::next() {
    if (m_at == m_steps.size())
        return end();
    const Step& first = m_steps[m_at];
    std::vector<SocketKey> alike;
    for (std::size_t at = m_at; at < m_steps.size() && m_steps[at].change == first.change; ++at)
        alike.push_back(m_steps[at].key);
    const auto batch = takeBatch(alike);
    m_request = m_operations.setOptions(
        first.key.netns, cookiesOf(batch), first.change,
        [self = QPointer(this), count = batch.size()](const Outcome<std::vector<SetResult>>& outcome) {
            if (self)
                self->answered(count, outcome);
        });
}

void ChangeFlow::answered(std::size_t count, const Outcome<std::vector<SetResult>>& outcome) {
    if (!outcome)
        return refused(count, outcome.error());
    bool goesOn = true;
    for (const SetResult& result : *outcome) {
        m_round.results.push_back(resultOf(m_steps[m_at], result.outcome));
        if (result.outcome)
            remember(m_steps[m_at], *result.outcome);
        else if (result.outcome.error().kind == PrivilegeErrorKind::NoSuchConnection)
            forgetAll(m_steps[m_at].key); // what it changed is gone with it
        goesOn = goesOn && (result.outcome || !standsForAll(result.outcome.error().kind));
        ++m_at;
    }
    if (goesOn)
        return next();
    m_round.untried = m_steps.size() - m_at;
    end();
}

/// The call as a whole, which was for `count` of them.
void ChangeFlow::refused(std::size_t count, const PrivilegeError& error) {
    const bool all = standsForAll(error.kind);
    for (std::size_t left = all ? 1 : count; left > 0; --left)
        m_round.results.push_back(resultOf(m_steps[m_at++], tl::unexpected(error)));
    if (!all)
        return next();
    m_round.untried = m_steps.size() - m_at;
    end();
}

ChangeRound::Result ChangeFlow::resultOf(const Step& step, Outcome<KeepaliveOptions> outcome) const {
    const std::uint8_t nowOwn = outcome ? step.followed : std::uint8_t{0};
    return {step.key, std::move(outcome), step.change, step.known, step.undoes, nowOwn};
}

std::uint64_t ChangeFlow::lastChangeOf(const SocketKey& key) const {
    const auto found = m_undo.find(key);
    return found == m_undo.end() ? 0 : found->second.back().round;
}

void ChangeFlow::remember(const Step& step, const KeepaliveOptions& after) {
    if (m_round.undo) {
        auto& changes = m_undo[step.key];
        changes.pop_back();
        if (changes.empty())
            m_undo.erase(step.key);
        forget(step.key);
    } else if (auto undo = undoOf(step.change, step.known)) {
        m_undo[step.key].push_back({*undo, followedOf(step.change, step.known), after, m_round.number});
        m_changed.insert(step.key);
    } else {
        forgetAll(step.key); // an older change cannot be taken back any more either: this one lies on top of it
    }
}

void ChangeFlow::forgetAll(const SocketKey& key) {
    const auto found = m_undo.find(key);
    if (found == m_undo.end())
        return;
    for (std::size_t left = found->second.size(); left > 0; --left)
        forget(key);
    m_undo.erase(found);
}

/// Its last change, in the round that made it.
void ChangeFlow::forget(const SocketKey& key) {
    for (auto round = m_rounds.rbegin(); round != m_rounds.rend(); ++round) {
        if (round->erase(key) == 0)
            continue;
        if (round->empty())
            m_rounds.erase(std::next(round).base());
        return;
    }
}

void ChangeFlow::end() {
    m_busy = false;
    m_steps.clear();
    if (!m_changed.empty())
        m_rounds.push_back(std::exchange(m_changed, {}));
    const auto round = std::exchange(m_round, {});
    Q_EMIT busyChanged();
    for (const ReadingsOrder& readings : readingsOf(round))
        Q_EMIT readingsArrived(readings);
    Q_EMIT finished(round);
}

} // namespace halfopen
