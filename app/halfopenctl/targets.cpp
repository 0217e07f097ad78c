// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/targets.h"

#include "app/halfopenctl/terminal.h"
#include "core/actions/owner_pass.h"
#include "core/kernel/diag/destroy.h"
#include "core/model/exit_code.h"
#include "core/monitor/netns_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace halfopen::ctl {

Result<std::vector<std::uint64_t>> parseCookies(const std::vector<std::string>& words) {
    std::vector<std::uint64_t> cookies;
    for (const std::string& word : words) {
        const auto cookie = parseCookie(word);
        if (!cookie)
            return tl::unexpected(cookie.error());
        if (!namesOneSocket(*cookie))
            return failure(ErrorCode::Usage, Sentence::tr("{0} is no cookie of one single socket.", word));
        if (std::ranges::find(cookies, *cookie) == cookies.end())
            cookies.push_back(*cookie);
    }
    return cookies;
}

Sentence elsewhere(std::uint64_t cookie) {
    const auto all = listNetns();
    const auto found = netnsOfSocket(all, cookie);
    if (!found)
        return {};
    return Sentence::tr("It lives in the network namespace {0}: try it with --netns {1}.", found->label.name,
                        wordFor(*found, all));
}

void Failures::add(std::uint64_t cookie, const PrivilegeError& error, bool json) {
    constexpr std::size_t kMostLooks = 8; // each takes a dump of every namespace
    m_failures.push_back({cookie, toError(error)});
    if (error.kind == PrivilegeErrorKind::NoSuchConnection && m_failures.size() <= kMostLooks)
        m_failures.back().error.sentence = m_failures.back().error.sentence + elsewhere(cookie);
    const Error& said = m_failures.back().error;
    fail({said.code, Sentence::tr("{0}: {1}", Hex{cookie}, said.sentence)}, json);
}

int Failures::exitCode(std::size_t done) const {
    if (m_failures.empty())
        return 0;
    const int first = halfopen::exitCode(m_failures.front().error.code);
    const bool alike = std::ranges::all_of(
        m_failures, [&](const SocketFailure& failure) { return halfopen::exitCode(failure.error.code) == first; });
    return done == 0 && alike ? first : 1;
}

bool takeOutLocked(std::vector<std::uint64_t>& cookies, const Frame& frame, bool json, Failures& failures) {
    if (!frame.locked || std::erase(cookies, frame.locked->cookie) == 0)
        return false;
    failures.add(frame.locked->cookie, lockedByProgram(), json);
    return true;
}

Result<Look> lookAtFree(const SourceOptions& options, std::vector<std::uint64_t>& cookies, Failures& failures) {
    for (;;) {
        auto monitor = options.monitor(cookies);
        if (!monitor)
            return tl::unexpected(monitor.error());
        FramePtr frame = (*monitor)->sampleSettled(options.query(), kLongTimeLimit);
        if (frame->error)
            return tl::unexpected(*frame->error);
        // A frame names one; whether another one is locked the next look tells.
        if (!takeOutLocked(cookies, *frame, options.json, failures) || cookies.empty())
            return Look{std::move(*monitor), std::move(frame)};
    }
}

} // namespace halfopen::ctl
