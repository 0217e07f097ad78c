// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/message_json.h"

#include "core/kernel/diag/facts_json.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace halfopen::stream {

using namespace facts_json;
using nlohmann::json;

namespace {

// The words of the protocol: an enumeration may get more values, or another order.
constexpr std::pair<OwnerUnknown, std::string_view> kWhy[] = {
    {OwnerUnknown::Known, "known"},
    {OwnerUnknown::OtherUser, "other-user"},
    {OwnerUnknown::NoDescriptor, "no-descriptor"},
    {OwnerUnknown::NotAccepted, "not-accepted"},
    {OwnerUnknown::NotLookedUp, "not-looked-up"},
    {OwnerUnknown::Unseen, "unseen"},
    {OwnerUnknown::Nowhere, "nowhere"},
    {OwnerUnknown::NoCapability, "no-capability"},
    {OwnerUnknown::Denied, "denied"},
    {OwnerUnknown::UnmappedUser, "unmapped-user"},
    {OwnerUnknown::NoFiles, "no-files"},
    {OwnerUnknown::NoProc, "no-proc"},
    {OwnerUnknown::ProcHidden, "proc-hidden"},
};
constexpr ReadRefusal kLastRefusal = ReadRefusal::NotSupported;

std::string_view wordOf(OwnerUnknown why) {
    return std::ranges::find(kWhy, why, &std::pair<OwnerUnknown, std::string_view>::first)->second;
}

OwnerUnknown whyFrom(std::string_view word) {
    const auto known = std::ranges::find(kWhy, word, &std::pair<OwnerUnknown, std::string_view>::second);
    return known == std::end(kWhy) ? OwnerUnknown::NotLookedUp : known->first;
}

ReadRefusal refusalFrom(std::string_view word) {
    for (int one = 0; one <= static_cast<int>(kLastRefusal); ++one)
        if (shortName(static_cast<ReadRefusal>(one)) == word)
            return static_cast<ReadRefusal>(one);
    return word.empty() ? ReadRefusal::None : ReadRefusal::Failed;
}

/// In this order; more may follow.
json optionsJson(const KeepaliveOptions& o) {
    return {o.enabled == Switch::On, o.idleSeconds,        o.intervalSeconds, o.probes,        o.userTimeout.count(),
            o.rtoMax.count(),        int(o.lingerSeconds), int(o.followed),   int(o.synCount), o.deferAccept};
}

template <class T>
void take(const json& list, std::size_t at, T& to) {
    if (at < list.size() && list[at].is_number_integer())
        to = static_cast<T>(list[at].get<std::int64_t>());
}

std::optional<KeepaliveOptions> optionsFrom(const json& list) {
    if (!list.is_array() || list.empty() || !list[0].is_boolean())
        return std::nullopt;
    KeepaliveOptions o;
    o.enabled = list[0].get<bool>() ? Switch::On : Switch::Off;
    take(list, 1, o.idleSeconds);
    take(list, 2, o.intervalSeconds);
    take(list, 3, o.probes);
    std::uint32_t millis = 0;
    take(list, 4, millis);
    o.userTimeout = Millis(millis);
    millis = 0;
    take(list, 5, millis);
    o.rtoMax = Millis(millis);
    int linger = 0;
    take(list, 6, linger);
    o.lingerSeconds = static_cast<std::int16_t>(std::clamp(linger, -1, kMostLingerSeconds));
    int followed = 0;
    take(list, 7, followed);
    o.followed = static_cast<std::uint16_t>(followed & 0xf);
    int synCount = 0;
    take(list, 8, synCount);
    o.synCount = static_cast<std::uint8_t>(std::clamp(synCount, 0, kMostSynCount));
    take(list, 9, o.deferAccept);
    for (Provenance* from : {&o.enabledFrom, &o.idleFrom, &o.intervalFrom, &o.probesFrom, &o.userTimeoutFrom})
        *from = Provenance::Exact;
    return o;
}

json ownerJson(const Owner& owner) {
    json made{{"pid", owner.pid}, {"fd", owner.fd}, {"name", owner.name}};
    if (owner.unit)
        made.update(unitJson(*owner.unit));
    if (owner.program)
        made["runs"] = {owner.program->executable, owner.program->commandLine, owner.program->invoked,
                        owner.program->script};
    return made;
}

ProgramPtr programFrom(const json& list) {
    const bool isProgram = list.is_array() && list.size() >= 4 &&
                           std::ranges::all_of(list, [](const json& one) { return one.is_string(); });
    if (!isProgram)
        return nullptr;
    return std::make_shared<const Program>(Program{list[0].get<std::string>(), list[1].get<std::string>(),
                                                   list[2].get<std::string>(), list[3].get<std::string>()});
}

Owner ownerFrom(const json& from) {
    Owner owner{.pid = number(from, "pid", 0), .fd = number(from, "fd", -1), .name = textOf(from, "name")};
    if (ProcessUnit unit = unitFrom(from); !unit.empty())
        owner.unit = std::make_shared<const ProcessUnit>(std::move(unit));
    owner.program = programFrom(member(from, "runs"));
    return owner;
}

json argumentJson(const Sentence::Argument& argument) {
    struct Visitor {
        json operator()(const std::string& text) const { return text; }
        json operator()(std::int64_t value) const { return value; }
        json operator()(Errno error) const { return {{"errno", error.value}}; }
        json operator()(const Sentence& sentence) const { return sentenceJson(sentence); }
    };
    return std::visit(Visitor{}, argument.value);
}

std::optional<Sentence::Argument> argumentFrom(const json& from) {
    if (from.is_string())
        return Sentence::Argument(from.get<std::string>());
    if (from.is_number_integer())
        return Sentence::Argument(from.get<std::int64_t>());
    if (from.contains("errno"))
        return Sentence::Argument(Errno{number(from, "errno", 0)});
    if (auto sentence = sentenceFrom(from))
        return Sentence::Argument(std::move(*sentence));
    return std::nullopt;
}

} // namespace

json sentenceJson(const Sentence& sentence) {
    json made{{"say", sentence.english()}};
    for (const Sentence::Argument& argument : sentence.arguments())
        made["of"].push_back(argumentJson(argument));
    return made;
}

std::optional<Sentence> sentenceFrom(const json& from) {
    const std::string english = textOf(from, "say");
    if (english.empty())
        return std::nullopt;
    std::vector<Sentence::Argument> arguments;
    if (const json& list = member(from, "of"); list.is_array())
        for (const json& one : list) {
            auto argument = argumentFrom(one);
            if (!argument)
                return std::nullopt;
            arguments.push_back(std::move(*argument));
        }
    return Sentence::received(english, std::move(arguments));
}

json toldJson(const ToldSocket& told) {
    json made{{"cookie", told.cookie}};
    if (told.options)
        made["options"] = optionsJson(*told.options);
    for (const Owner& owner : told.owners)
        made["owners"].push_back(ownerJson(owner));
    if (told.why != OwnerUnknown::Known)
        made["why"] = wordOf(told.why);
    if (told.unread != ReadRefusal::None)
        made["unread"] = shortName(told.unread);
    return made;
}

std::optional<ToldSocket> toldFrom(const json& from) {
    ToldSocket told{.cookie = number<std::uint64_t>(from, "cookie", 0)};
    if (told.cookie == 0)
        return std::nullopt;
    told.options = optionsFrom(member(from, "options"));
    if (const json& owners = member(from, "owners"); owners.is_array())
        for (const json& owner : owners)
            told.owners.push_back(ownerFrom(owner));
    const std::string why = textOf(from, "why");
    told.why = why.empty() ? OwnerUnknown::Known : whyFrom(why);
    if (told.why == OwnerUnknown::Known && told.owners.empty())
        told.why = OwnerUnknown::NotLookedUp;
    told.unread = refusalFrom(textOf(from, "unread"));
    return told;
}

} // namespace halfopen::stream
