// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/columns.h"

#include "core/format/compiled.h"
#include "core/format/condition_text.h"
#include "core/format/countdown.h"
#include "core/format/duration.h"
#include "core/format/user_timeout.h"
#include "core/query/filter.h"
#include "core/query/group_keys.h"
#include "core/text/foreign_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace halfopen {

namespace {

using Out = std::string&;

template <class Integer>
void putNumber(Out to, Integer value) {
    std::array<char, 24> text;
    to.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr);
}

constexpr Template<2> kBracketed = "{0} ({1})";

/// Then cells are made without a Sentence.
bool isEnglish(const Language& language) {
    return language.word(kBracketed) == kBracketed.english();
}

std::string_view mark(Provenance from) {
    return from == Provenance::Exact ? "" : "~";
}

void diagnosisText(Out to, const Row& row, const Frame&, const Language& language) {
    to += language.word(toString(row.diagnosis));
}
void stateText(Out to, const Row& row, const Frame&, const Language&) {
    to += toString(row.connection.state);
}
void receiveQueue(Out to, const Row& row, const Frame&, const Language&) {
    putNumber(to, row.connection.receiveQueue);
}
void sendQueue(Out to, const Row& row, const Frame&, const Language&) {
    putNumber(to, row.connection.sendQueue);
}
void endpointText(Out to, const Endpoint& side, const Row& row, const Frame& frame) {
    side.appendTo(to, side.address.isLinkLocal() ? harmless(frame.zoneOf(row)) : std::string());
}
void localText(Out to, const Row& row, const Frame& frame, const Language&) {
    endpointText(to, row.connection.local, row, frame);
}
void remoteText(Out to, const Row& row, const Frame& frame, const Language&) {
    endpointText(to, row.connection.remote, row, frame);
}

void processText(Out to, const Row& row, const Frame& frame, const Language& language) {
    const auto& owners = frame.ownersOf(row);
    if (owners.empty()) {
        if (row.ownerUnknown != OwnerUnknown::NotLookedUp)
            to += language(Sentence::tr("({0})", Sentence::word(toString(row.ownerUnknown))));
        return;
    }
    put(to, FMT_COMPILE("{} {}"), owners.front().name, owners.front().pid);
    if (const auto others = otherProcesses(owners); others > 0)
        put(to, FMT_COMPILE(" +{}"), others);
}

void processValue(Out to, const Row& row, const Frame& frame, const Language&) {
    std::string_view separator;
    for (const Owner& owner : frame.ownersOf(row)) {
        put(to, FMT_COMPILE("{}{}:{}"), separator, owner.name, owner.pid);
        if (owner.fd >= 0)
            put(to, FMT_COMPILE(":{}"), owner.fd);
        separator = " ";
    }
}

void keepaliveColumn(Out to, const Row& row, const Frame&, const Language& language) {
    if (!row.connection.isMini())
        to += keepaliveText(row.options, language);
}

void keepaliveValue(Out to, const Row& row, const Frame&, const Language&) {
    if (row.options.enabled != Switch::Unknown)
        to += row.options.enabled == Switch::On ? "on" : "off";
}

void userTimeoutColumn(Out to, const Row& row, const Frame&, const Language&) {
    if (row.options.userTimeout.count() > 0)
        to += inEnglish(userTimeoutText(row.options.userTimeout)); // units are of no language
}

void userTimeoutValue(Out to, const Row& row, const Frame&, const Language&) {
    if (row.options.userTimeoutFrom == Provenance::Exact || row.options.userTimeout.count() > 0)
        putNumber(to, row.options.userTimeout.count());
}

void timerText(Out to, const Row& row, const Frame&, const Language& language) {
    const Timer& timer = row.connection.timer;
    const auto kind = toString(timer.kind());
    if (kind == "none")
        return;
    to += language.word(kind);
    to += ' ';
    to += momentCell(timer.expires, language);
}

void timerValue(Out to, const Row& row, const Frame&, const Language&) {
    if (toString(row.connection.timer.kind()) != "none")
        putNumber(to, row.connection.timer.expires.count());
}

void nextText(Out to, const Row& row, const Frame&, const Language& language) {
    if (row.forecast.nextEvent != NextEvent::None)
        put(to, FMT_COMPILE("{} {}"), language.word(toString(row.forecast.nextEvent)),
            momentCell(row.forecast.next, isGuess(row.forecast), language));
}

void nextValue(Out to, const Row& row, const Frame&, const Language&) {
    if (row.forecast.nextEvent != NextEvent::None)
        putNumber(to, row.forecast.next.expected.count());
}

/// "1m 50s (keepalive)", in the brackets of the language.
void putWithCause(Out to, const std::string& when, GiveUpCause cause, const Language& language) {
    if (isEnglish(language))
        put(to, FMT_COMPILE("{} ({})"), when, toString(cause));
    else
        to += language(Sentence::tr(kBracketed, when, Sentence::word(toString(cause))));
}

void givesUpText(Out to, const Row& row, const Frame&, const Language& language) {
    if (row.forecast.cause != GiveUpCause::None)
        putWithCause(to, momentCell(row.forecast.shownEnd(), isGuess(row.forecast), language), row.forecast.cause,
                     language);
    else if (row.forecast.never)
        to += language.word(Sentence::mark("never"));
}

void givesUpValue(Out to, const Row& row, const Frame&, const Language&) {
    if (row.forecast.cause != GiveUpCause::None)
        putNumber(to, row.forecast.givesUp.expected.count());
}

void unansweredText(Out to, const Row& row, const Frame&, const Language&) {
    const Forecast& f = row.forecast;
    if (f.hasAllowed)
        put(to, FMT_COMPILE("{}/{}"), unsigned{f.unanswered}, unsigned{f.allowed});
    else if (f.unanswered > 0)
        putNumber(to, f.unanswered);
}

void unansweredValue(Out to, const Row& row, const Frame&, const Language&) {
    putNumber(to, row.forecast.unanswered);
}

bool hasRoundTrip(const Row& row) {
    return row.connection.info.present() && row.connection.state != State::SynSent &&
           row.connection.state != State::Listen;
}

void idleText(Out to, const Row& row, const Frame&, const Language& language) {
    if (const auto idle = row.connection.idleAge())
        to += durationCell(wholeAge(*idle), language);
}
void idleValue(Out to, const Row& row, const Frame&, const Language&) {
    if (const auto idle = row.connection.idleAge())
        putNumber(to, idle->count());
}
void rttText(Out to, const Row& row, const Frame&, const Language& language) {
    if (hasRoundTrip(row))
        to += language(roundTripText(row.connection.info.rttUs));
}
void rttValue(Out to, const Row& row, const Frame&, const Language&) {
    if (hasRoundTrip(row))
        putNumber(to, row.connection.info.rttUs);
}
void retransmits(Out to, const Row& row, const Frame&, const Language&) {
    if (row.connection.info.present())
        putNumber(to, row.connection.info.totalRetransmits);
}
void userText(Out to, const Row& row, const Frame& frame, const Language&) {
    if (const auto name = frame.userOf(row); !name.empty())
        to += name;
    else if (!row.connection.isMini())
        putNumber(to, row.connection.uid);
}
void interfaceText(Out to, const Row& row, const Frame& frame, const Language&) {
    to += frame.interfaceOf(row);
}
void conditionsText(Out to, const Row& row, const Frame&, const Language& language) {
    if (isEnglish(language))
        appendWords(to, row.forecast.conditions); // as filters take them
    else
        to += language(namesOf(row.forecast.conditions));
}
/// Where it is not told, a key of Halfopen's own stands for it.
void cookieText(Out to, const Row& row, const Frame&, const Language&) {
    if (!isStandIn(row.connection.cookie))
        put(to, FMT_COMPILE("{:#x}"), row.connection.cookie);
}
void netnsText(Out to, const Row& row, const Frame& frame, const Language&) {
    const NetnsContext& netns = frame.netnsOf(row);
    if (!netns.name.empty())
        to += netns.name;
    else if (netns.netns != 0) // in a recording it is not known
        putNumber(to, netns.netns);
}
void netnsCookieText(Out to, const Row& row, const Frame& frame, const Language&) {
    if (const std::uint64_t cookie = frame.netnsOf(row).cookie; cookie != 0)
        putNumber(to, cookie);
}
void unitText(Out to, const Row& row, const Frame& frame, const Language&) {
    if (const ProcessUnit* const unit = frame.unitOf(row))
        to += unit->unit;
}
void containerText(Out to, const Row& row, const Frame& frame, const Language&) {
    if (const ProcessUnit* const unit = frame.unitOf(row))
        to += describeContainer(*unit);
}
/// In full, as a program would ask an engine for it.
void containerValue(Out to, const Row& row, const Frame& frame, const Language&) {
    if (const ProcessUnit* const unit = frame.unitOf(row))
        to += unit->container;
}
void inodeText(Out to, const Row& row, const Frame&, const Language&) {
    putNumber(to, row.connection.inode);
}

void serviceText(Out to, const Row& row, const Frame& frame, const Language&) {
    const ServiceNames& services = namesOf(frame.query).services;
    to += serviceName(servicePortOf(row, frame, services), services);
}
void remoteNameText(Out to, const Row& row, const Frame& frame, const Language&) {
    to += frame.remoteNameOf(row);
}
/// Of what was there before, as much as is known.
void ageText(Out to, const Row& row, const Frame& frame, const Language& language) {
    if (!frame.isWatched())
        return;
    to += hasSeenBegin(row) ? "" : "> ";
    to += durationCell(frame.ageOf(row), language);
}
void ageValue(Out to, const Row& row, const Frame& frame, const Language&) {
    if (frame.isWatched())
        putNumber(to, frame.ageOf(row).count());
}
void bytesSent(Out to, const Row& row, const Frame&, const Language&) {
    if (row.connection.countsBytes())
        putNumber(to, row.connection.info.bytesAcked);
}
void bytesReceived(Out to, const Row& row, const Frame&, const Language&) {
    if (row.connection.countsBytes())
        putNumber(to, row.connection.info.bytesReceived);
}
void rateSent(Out to, const Row& row, const Frame& frame, const Language&) {
    if (frame.isWatched() && row.connection.countsBytes())
        putNumber(to, static_cast<std::uint64_t>(frame.rateOf(row).sent));
}
void rateReceived(Out to, const Row& row, const Frame& frame, const Language&) {
    if (frame.isWatched() && row.connection.countsBytes())
        putNumber(to, static_cast<std::uint64_t>(frame.rateOf(row).received));
}

constexpr std::array kColumns{
    TextColumn{"diagnosis", Sentence::mark("Diagnosis"), false, diagnosisText, diagnosisText, "diagnosis"},
    TextColumn{"state", Sentence::mark("State"), false, stateText, stateText, "state"},
    TextColumn{"recvq", Sentence::mark("Recv-Q"), true, receiveQueue, receiveQueue, "receive_queue_bytes"},
    TextColumn{"sendq", Sentence::mark("Send-Q"), true, sendQueue, sendQueue, "send_queue_bytes"},
    TextColumn{"local", Sentence::mark("Local"), false, localText, localText, "local", true},
    TextColumn{"remote", Sentence::mark("Remote"), false, remoteText, remoteText, "remote", true},
    TextColumn{"process", Sentence::mark("Process"), false, processText, processValue, "processes", true},
    TextColumn{"keepalive", Sentence::mark("Keepalive"), false, keepaliveColumn, keepaliveValue, "keepalive"},
    TextColumn{"usertimeout", Sentence::mark("User timeout"), true, userTimeoutColumn, userTimeoutValue,
               "user_timeout_ms"},
    TextColumn{"timer", Sentence::mark("Timer"), false, timerText, timerValue, "timer_expires_ms"},
    TextColumn{"next", Sentence::mark("Next"), false, nextText, nextValue, "next_ms"},
    TextColumn{"unanswered", Sentence::mark("Unanswered"), true, unansweredText, unansweredValue, "unanswered"},
    TextColumn{"givesup", Sentence::mark("Gives up"), false, givesUpText, givesUpValue, "gives_up_ms"},
    TextColumn{"idle", Sentence::mark("Idle"), true, idleText, idleValue, "idle_ms"},
    TextColumn{"rtt", Sentence::mark("RTT"), true, rttText, rttValue, "rtt_us"},
    TextColumn{"retransmits", Sentence::mark("Retransmits"), true, retransmits, retransmits, "retransmits_total"},
    TextColumn{"user", Sentence::mark("User"), false, userText, userText, "user", true},
    TextColumn{"interface", Sentence::mark("Interface"), false, interfaceText, interfaceText, "interface", true},
    TextColumn{"inode", Sentence::mark("Inode"), true, inodeText, inodeText, "inode"},
    TextColumn{"cookie", Sentence::mark("Cookie"), false, cookieText, cookieText, "cookie"},
    TextColumn{"netns", Sentence::mark("Netns"), false, netnsText, netnsText, "netns", true},
    TextColumn{"netnscookie", Sentence::mark("Netns cookie"), true, netnsCookieText, netnsCookieText, "netns_cookie"},
    TextColumn{"unit", Sentence::mark("Unit"), false, unitText, unitText, "unit", true},
    TextColumn{"container", Sentence::mark("Container"), false, containerText, containerValue, "container", true},
    TextColumn{"service", Sentence::mark("Service"), false, serviceText, serviceText, "service"},
    TextColumn{"hostname", Sentence::mark("Host name"), false, remoteNameText, remoteNameText, "remote_name", true},
    TextColumn{"age", Sentence::mark("Age"), true, ageText, ageValue, "age_ms"},
    TextColumn{"sent", Sentence::mark("Sent"), true, bytesSent, bytesSent, "bytes_acked"},
    TextColumn{"received", Sentence::mark("Received"), true, bytesReceived, bytesReceived, "bytes_received"},
    TextColumn{"sentrate", Sentence::mark("Sent/s"), true, rateSent, rateSent, "sent_bytes_per_s"},
    TextColumn{"receivedrate", Sentence::mark("Received/s"), true, rateReceived, rateReceived, "received_bytes_per_s"},
    TextColumn{"conditions", Sentence::mark("Conditions"), false, conditionsText, conditionsText, "conditions"},
};

constexpr std::string_view kUsual =
    "diagnosis,state,recvq,sendq,local,remote,process,keepalive,next,givesup,cookie,conditions";

constexpr std::string_view kUsualOfCsv = "diagnosis,state,recvq,sendq,local,remote,process,keepalive,next,givesup,"
                                         "cookie,conditions,netns,unit,container,netnscookie";

std::string allIds() {
    std::string ids;
    for (const auto& column : kColumns)
        ids += (ids.empty() ? "" : ", ") + std::string(column.id);
    return ids;
}

} // namespace

std::string keepaliveText(const KeepaliveOptions& o, const Language& language) {
    if (o.enabled == Switch::Unknown)
        return "?";
    const std::string_view guess = o.enabledFrom > Provenance::Derived ? "~" : ""; // a timer tells of the switch
    if (o.enabled == Switch::Off)
        return compiled(FMT_COMPILE("{}{}"), guess, language.word(Sentence::mark("off")));
    return compiled(FMT_COMPILE("{}{} {}{}/{}{}/{}{}"), guess, language.word(Sentence::mark("on")), mark(o.idleFrom),
                    o.idleSeconds, mark(o.intervalFrom), o.intervalSeconds, mark(o.probesFrom), o.probes);
}

std::string_view usualColumns() {
    return kUsual;
}

std::string_view usualCsvColumns() {
    return kUsualOfCsv;
}

Result<std::vector<const TextColumn*>> selectColumns(std::string_view ids) {
    std::vector<const TextColumn*> selected;
    std::string_view rest = ids.empty() ? kUsual : ids;
    while (!rest.empty()) {
        const std::string_view id = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(id.size() + 1, rest.size()));
        const auto* column = std::ranges::find(kColumns, id, &TextColumn::id);
        if (column == kColumns.end())
            return failure(ErrorCode::Usage, Sentence::tr("There is no column '{0}'. There are: {1}.", id, allIds()));
        selected.push_back(column);
    }
    return selected;
}

} // namespace halfopen
