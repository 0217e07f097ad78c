// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/facts.h"
#include "ui/look/strings.h"

#include <QCoreApplication>
#include <QLocale>

#include <numeric>

namespace halfopen {

namespace {

struct ListenerTexts {
    Q_DECLARE_TR_FUNCTIONS(ListenerTexts)
};

QString number(std::uint64_t value) {
    return QLocale().toString(static_cast<qulonglong>(value));
}

/// What the other rows say about this one, if the frame has looked.
const SelectedView* viewOf(const Subject& subject) {
    const auto& view = subject.frame->selected;
    return view && view->key == subject.frame->keyOf(*subject.row) ? &*view : nullptr;
}

Fact queueFact(const Connection& listener) {
    const auto used = listener.receiveQueue;
    const auto limit = listener.sendQueue;
    Fact fact{
        ListenerTexts::tr("accept queue"), ListenerTexts::tr("%1 of %2 used").arg(number(used), number(limit)), {}};
    if (used > limit) // the kernel takes one more than its limit
        fact.note = ListenerTexts::tr("It is full: handshakes are not completed.");
    return fact;
}

Fact childrenFact(const SelectedView& view) {
    const auto all = std::accumulate(view.children.begin(), view.children.end(), 0U);
    Fact fact{ListenerTexts::tr("its connections"),
              ListenerTexts::tr("%n connection(s)", nullptr, static_cast<int>(all)), diagnosesText(view.children)};
    if (all > 0) {
        fact.verb = Verb::ShowChildren;
        fact.verbText = ListenerTexts::tr("Show");
    }
    return fact;
}

Fact inheritedFact(const KeepaliveOptions& options) {
    const QString name = ListenerTexts::tr("they inherit");
    switch (options.enabled) {
    case Switch::On:
        return {name,
                ListenerTexts::tr("keepalive on: first probe after %1 s, then every %2 s, %3 probes")
                    .arg(number(static_cast<std::uint64_t>(options.idleSeconds)),
                         number(static_cast<std::uint64_t>(options.intervalSeconds)),
                         number(static_cast<std::uint64_t>(options.probes))),
                {}};
    case Switch::Off:
        return {name, ListenerTexts::tr("keepalive off: each is unguarded unless its program turns it on"), {}};
    case Switch::Unknown:
        break;
    }
    return {name, ListenerTexts::tr("not known: the listener's options could not be read"), {}, true};
}

Fact countersFact(const ListenCounters& counters) {
    return {ListenerTexts::tr("overflows"),
            ListenerTexts::tr("%1, of %2 that were not taken").arg(number(counters.overflows), number(counters.drops)),
            ListenerTexts::tr("counted of all listeners of this network namespace since it was made")};
}

} // namespace

FactGroups listenerFacts(const Subject& subject) {
    const Row& row = *subject.row;
    if (row.connection.state != State::Listen)
        return {};
    FactGroup group{ListenerTexts::tr("The listener"), {queueFact(row.connection)}};
    const SelectedView* view = viewOf(subject);
    if (view && view->counters)
        group.facts.push_back(countersFact(*view->counters));
    if (view)
        group.facts.push_back(childrenFact(*view));
    group.facts.push_back(inheritedFact(row.options));
    return {group};
}

std::optional<Fact> localPortsFact(const Subject& subject) {
    const SelectedView* view = viewOf(subject);
    if (!view || view->ports.used == 0)
        return std::nullopt;
    const PortPressure& ports = view->ports;
    Fact fact{ListenerTexts::tr("local ports"),
              ListenerTexts::tr("%1 of %2 used to this destination (%3 %)")
                  .arg(number(ports.used), number(ports.available), QLocale().toString(100 * ports.share(), 'f', 1)),
              {}};
    if (ports.timeWait > 0)
        fact.note = ListenerTexts::tr("%1 of them in TIME-WAIT").arg(number(ports.timeWait));
    return fact;
}

} // namespace halfopen
