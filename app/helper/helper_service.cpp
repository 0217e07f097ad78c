// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper_service.h"

#include "core/actions/owner_pass.h"

#include <algorithm>
#include <ctime>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

// An answer of polkit that takes longer is a person's.
constexpr auto kAtOnce = 1s;
// The looks through /proc take 3 s at most (run.cpp); what takes longer is held up by a lock.
constexpr auto kHeldUpAfter = 6s;

/// That this thread has had of a processor: what others have meanwhile is not the caller's fault.
std::chrono::nanoseconds ownTime() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

PrivilegeError loggedLater(PrivilegeError error) {
    error.sentence = error.sentence + Sentence::tr("Whether it is done later stands in the system's log.");
    return error;
}

constexpr BusMember ofTheBus(const char* name) {
    return {"org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", name};
}

} // namespace

HelperService::HelperService(EventLoop& loop, SystemBus& bus, const DirectOperations& operations,
                             const DirectSocketOperations& sockets, const Opener& opener, const Loader& loader,
                             const AdmissionLimits& limits)
    : m_loop(loop)
    , m_bus(bus)
    , m_operations(operations)
    , m_loader(loader)
    , m_netns(opener, sockets)
    , m_authority(bus)
    , m_admission(limits)
    , m_trial(loop, m_log, [this] { needChanged(); })
    , m_background([&loop](std::function<void()> call) { loop.post(std::move(call)); }) {}

/// One match for all: one for every caller would run into the bus's limit of rules for a connection.
bool HelperService::watchCallers() {
    return m_bus.watch(ofTheBus("NameOwnerChanged"), [this](sd_bus_message* signal) { onNameOwnerChanged(signal); });
}

void HelperService::submit(Call call, Verb verb) {
    const std::string caller = call.sender();
    const auto id = m_admission.enter(caller);
    if (!id)
        return call.refuse({PrivilegeErrorKind::Busy,
                            Sentence::tr("Too many requests wait for their answer already; try again later."),
                            {}});
    m_requests.emplace(*id, Request{std::move(call), {.name = caller}, std::move(verb)});
    askWhoCalls(*id);
}

void HelperService::askWhoCalls(std::uint64_t id) {
    const std::string caller = m_requests.at(id).caller.name;
    m_bus.call(
        ofTheBus("GetConnectionCredentials"), [&](sd_bus_message* call) { return append(call, caller); },
        [this, id](sd_bus_message* answer) { onWhoCalls(id, answer); });
}

/// @param answer  null: the bus is gone
void HelperService::onWhoCalls(std::uint64_t id, sd_bus_message* answer) {
    const auto request = m_requests.find(id);
    if (request == m_requests.end())
        return; // the caller has left
    Credentials credentials;
    if (answer == nullptr || sd_bus_message_is_method_error(answer, nullptr) > 0 || read(answer, credentials) < 0 ||
        !credentials.uid)
        return callerLeft(std::string(request->second.caller.name)); // before the bus could tell
    request->second.caller.pid = credentials.pid;
    onUser(id, *credentials.uid);
}

void HelperService::onUser(std::uint64_t id, std::uint32_t uid) {
    Request& request = m_requests.at(id);
    request.caller.uid = uid;
    if (!m_admission.assignUser(id, uid))
        return take(id).call.refuse(
            {PrivilegeErrorKind::Busy,
             Sentence::tr("Too many requests of this user wait already, or were refused of late; try again later."),
             {}});
    if (const auto checked = request.verb.checkAtSight ? request.verb.checkAtSight() : Outcome<void>{}; !checked)
        return finish(id, checked);
    if (mayWithoutQuestion(request))
        return finish(id, {});
    askPolkit(id);
}

bool HelperService::mayWithoutQuestion(const Request& request) const {
    const auto theirs = m_opened.find(request.caller.uid);
    const bool letIn =
        !request.verb.reads.empty() && theirs != m_opened.end() &&
        std::ranges::all_of(request.verb.reads, [&](std::uint64_t one) { return theirs->second.contains(one); });
    return letIn || request.verb.action.empty();
}

void HelperService::askPolkit(std::uint64_t id) {
    Request& request = m_requests.at(id);
    const std::chrono::nanoseconds begun = ownTime();
    const auto details = request.verb.check();
    request.cost = ownTime() - begun;
    request.asked = MonotonicClock::now();
    if (!details)
        return finish(id, tl::unexpected(details.error()));
    const Question question{request.caller.name, request.verb.action, *details, request.call.allowsDialog()};
    m_authority.ask(id, question, [this, id](const Outcome<void>& permission) {
        if (m_requests.contains(id))
            finish(id, permission);
    });
}

void HelperService::finish(std::uint64_t id, const Outcome<void>& permission) {
    if (permission) {
        const Request& request = m_requests.at(id);
        for (const std::uint64_t cookie : request.verb.opens)
            m_opened[request.caller.uid].insert(cookie);
        return request.verb.slowWork ? workInBackground(id) : work(id);
    }
    const Request request = take(id);
    m_admission.countRefused(request.caller.uid, request.cost);
    request.call.refuse(permission.error());
}

void HelperService::work(std::uint64_t id) {
    const Request& request = m_requests.at(id);
    answer(id, request.verb.work(request.caller));
}

void HelperService::workInBackground(std::uint64_t id) {
    Request& request = m_requests.at(id);
    request.piece = m_background.run([this, id, work = request.verb.slowWork, caller = request.caller] {
        return BackgroundThreads::Result([this, id, deed = work(caller)] { onDeed(id, deed); });
    });
    request.heldUp = std::make_unique<LoopTimer>(m_loop, [this, id] { onHeldUp(id); });
    request.heldUp->start(kHeldUpAfter);
}

void HelperService::onDeed(std::uint64_t id, const Deed& deed) {
    for (const std::string& line : deed.lines)
        m_log.write(SystemLog::Level::Notice, line);
    if (m_requests.contains(id)) // else the caller has left, or was told that it takes long
        answer(id, deed.answer);
    needChanged();
}

void HelperService::onHeldUp(std::uint64_t id) {
    if (m_background.withdraw(m_requests.at(id).piece))
        answer(id, refusal(PrivilegeErrorKind::Busy,
                           Sentence::tr("The kernel holds up what was asked for before this; try again later.")));
    else
        answer(id, tl::unexpected(loggedLater(heldUp())));
}

void HelperService::answer(std::uint64_t id, const Outcome<Answer>& result) {
    const Request request = take(id);
    if (!request.verb.action.empty()) { // keeping or taking back ends what somebody was served with
        m_served.insert(request.caller.name);
        needChanged();
    }
    if (result)
        request.call.answer(*result);
    else
        request.call.refuse(result.error());
}

/// It does not wait any more.
HelperService::Request HelperService::take(std::uint64_t id) {
    Request request = std::move(m_requests.at(id));
    m_requests.erase(id);
    m_admission.leave(id);
    return request;
}

void HelperService::needChanged() const {
    if (m_needChanged)
        m_needChanged();
}

bool HelperService::waitsForAPerson() const {
    const MonotonicTime now = MonotonicClock::now();
    return std::ranges::any_of(m_requests, [now](const auto& entry) {
        return entry.second.asked != MonotonicTime{} && now - entry.second.asked > kAtOnce;
    });
}

void HelperService::withdrawAll() {
    for (const auto& [id, request] : m_requests)
        m_authority.withdraw(id);
    m_trial.end();
}

/// (sss): a name, who had it, who has it now.
void HelperService::onNameOwnerChanged(sd_bus_message* signal) {
    std::string name;
    std::string before;
    std::string now;
    if (read(signal, name) > 0 && read(signal, before) > 0 && read(signal, now) > 0 && now.empty())
        callerLeft(name);
}

void HelperService::callerLeft(const std::string& name) {
    m_trial.callerLeft(name);
    std::vector<std::uint64_t> theirs;
    for (const auto& [id, request] : m_requests)
        if (request.caller.name == name)
            theirs.push_back(id);
    for (const std::uint64_t id : theirs) {
        m_authority.withdraw(id);
        take(id);
    }
    if (m_served.erase(name) > 0)
        needChanged();
}

} // namespace halfopen
