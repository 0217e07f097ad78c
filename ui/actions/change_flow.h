// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/socket_operations.h"
#include "core/model/order.h"
#include "ui/actions/targets.h"

#include <QObject>

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace halfopen {

/// One round of changes, when it is over.
struct ChangeRound {
    struct Result {
        SocketKey socket;
        Outcome<KeepaliveOptions> outcome; ///< read back
        OptionsChange change;              ///< what was asked for; an undo may ask something else of each
        KeepaliveOptions before;           ///< as far as it was known
        std::uint64_t undoes = 0;          ///< number of the round whose change was taken back; 0: none
        /// Of an undo: follows:: bits of what followed its setting before the change and has the same value of its own
        /// now. No value of setsockopt(2) lets it follow again.
        std::uint8_t nowOwn = 0;
    };
    std::uint64_t number = 0;    ///< from 1
    OptionsChange change;        ///< what was asked for; empty for an undo, where each socket has its own
    std::vector<Result> results; ///< those that were tried, in the order tried
    std::size_t untried = 0;     ///< left out after a refusal that stands for all, such as a closed dialog
    bool undo = false;

    std::size_t done() const;
};

/// Changes sockets, all that are changed alike in one call, and can bring back what was: before a value is set that is
/// not known exactly, it is read, so that undo restores what was and not what was assumed. GUI thread.
class ChangeFlow final : public QObject {
    Q_OBJECT

public:
    /// @param operations  outlives this
    explicit ChangeFlow(SocketOperations& operations, QObject* parent = nullptr);

    bool isBusy() const { return m_busy; }
    /// Whether what is not known exactly is read first, which may cost a question of its own.
    enum class Undo : std::uint8_t { Wanted, NotWanted };
    /// Begins a round; answered by finished(). Does nothing while busy.
    void apply(const Targets& targets, const OptionsChange& change, Undo undo = Undo::Wanted);
    /// Takes back the last change of each of these sockets that was changed in this session.
    void undo(const std::vector<SocketKey>& keys);
    /// The sockets of the last round of which something can still be taken back; none: there is no such round.
    const std::set<SocketKey>& lastRound() const;
    bool canUndo(const SocketKey& key) const { return m_undo.contains(key); }
    /// ChangeRound::number of the change that undo() would take back of it; 0: none.
    std::uint64_t lastChangeOf(const SocketKey& key) const;
    void cancel(); ///< of what is waited for

Q_SIGNALS:
    void busyChanged();
    void finished(const halfopen::ChangeRound& round);
    /// What was read before the change, for undo: options and owners; and what was read back after it, before
    /// finished(). Of one namespace each.
    void readingsArrived(const halfopen::ReadingsOrder& readings);

private:
    struct Step {
        SocketKey key;
        KeepaliveOptions known;
        OptionsChange change;
        std::uint64_t undoes = 0;
        std::uint8_t followed = 0; ///< of an undo: Past::followed
    };
    /// A change that can be taken back.
    struct Past {
        OptionsChange undo;
        std::uint8_t followed; ///< follows:: bits of what it sets, before the change
        KeepaliveOptions after;
        std::uint64_t round;
    };

    void begin(std::vector<Step> steps, ChangeRound round);
    void readFirst();
    void learn(const SocketKey& first, const std::vector<SocketReading>& readings);
    void next();
    void answered(std::size_t count, const Outcome<std::vector<SetResult>>& outcome);
    void refused(std::size_t count, const PrivilegeError& error);
    ChangeRound::Result resultOf(const Step& step, Outcome<KeepaliveOptions> outcome) const;
    void remember(const Step& step, const KeepaliveOptions& after);
    void forget(const SocketKey& key);
    void forgetAll(const SocketKey& key);
    void end();

    SocketOperations& m_operations;
    std::vector<Step> m_steps;
    std::size_t m_at = 0;
    ChangeRound m_round;
    RequestToken m_request = 0; ///< the last one
    bool m_busy = false;
    bool m_readFirst = true;
    std::set<HostNetns> m_read;                    ///< namespaces whose sockets were read first
    std::uint64_t m_number = 0;                    ///< of the last round
    std::map<SocketKey, std::vector<Past>> m_undo; ///< the last change last; never empty ones
    std::vector<std::set<SocketKey>> m_rounds;     ///< what each round changed and m_undo still has; never empty ones
    std::set<SocketKey> m_changed;                 ///< likewise, of the round that is under way
};

/// Whether the change sets this, and how many values it sets.
bool isEmpty(const OptionsChange& change);
/// What sets back exactly what `change` is about to set; nullopt where some of that is not known exactly.
std::optional<OptionsChange> undoOf(const OptionsChange& change, const KeepaliveOptions& before);

/// follows:: bits of what `change` sets and a setting decides before it; 0 also where nobody tells who set it.
std::uint8_t followedOf(const OptionsChange& change, const KeepaliveOptions& before);

/// A refusal that the next socket would get as well: nobody may, nobody can be asked, or the dialog was closed.
bool standsForAll(PrivilegeErrorKind kind);

} // namespace halfopen
