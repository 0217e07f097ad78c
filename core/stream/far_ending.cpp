// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/far_ending.h"

#include "halfopen_version.h"

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>

namespace halfopen::stream {

namespace {

constexpr int kOfSsh = 255;
constexpr int kNoCommand = 127;
constexpr int kNotRunnable = 126;
constexpr int kUsage = 2;
constexpr int kNotPermitted = 3;

bool has(std::string_view text, std::string_view words) {
    return text.find(words) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
    const auto isBlank = [](char c) { return c == ' ' || c == '\r' || c == '\n' || c == '\t'; };
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    return text;
}

/// What is said, as a part of a sentence.
std::string withoutStop(std::string text) {
    while (text.ends_with('.'))
        text.pop_back();
    return text;
}

/// A warning without its frame of '@', in one paragraph.
std::string paragraphOf(std::string_view text) {
    std::string whole;
    for (std::size_t end = 0; !text.empty(); text.remove_prefix(std::min(end + 1, text.size()))) {
        end = std::min(text.find('\n'), text.size());
        const std::string_view line = trimmed(text.substr(0, end));
        if (!line.empty() && !line.starts_with('@'))
            whole.append(whole.empty() ? "" : " ").append(line);
    }
    return whole;
}

/// Its last words, as a part of a sentence. Whoever refuses a login says so on either of the two.
std::string lastWords(const FarEnding& ending) {
    const std::string line = lastLine(ending.errorText);
    return withoutStop(line.empty() && !ending.begun ? lastLine(ending.noise) : line);
}

Sentence itSaid(const std::string& text) {
    return text.empty() ? Sentence() : Sentence::tr("It said: {0}.", text);
}

/// What brings ssh there (ProxyJump, ProxyCommand) has ended: its peer is a pipe then, which has no name.
bool endedOnTheWay(std::string_view text) {
    return has(text, "Connection closed by UNKNOWN port");
}

/// Without the name of whoever says it, which the sentence has.
std::string withoutName(const std::string& text) {
    constexpr std::string_view kName = "ssh: ";
    return text.starts_with(kName) ? text.substr(kName.size()) : text;
}

/// Without what follows from it.
std::string reasonOf(std::string_view text) {
    std::string_view rest = trimmed(text);
    std::string reason = lastLine(rest);
    while (has(reason, "UNKNOWN port") || reason.starts_with("kex_exchange_identification:")) {
        rest = trimmed(rest.substr(0, rest.size() - reason.size()));
        if (rest.empty())
            return withoutStop(withoutName(lastLine(text)));
        reason = lastLine(rest);
    }
    return withoutStop(withoutName(reason));
}

/// ssh's own words are English in every locale.
Error refusedBySsh(const FarEnding& ending, const std::string& host) {
    const std::string& text = ending.errorText;
    const std::string said = reasonOf(text);
    const Sentence::Argument who =
        endedOnTheWay(text) ? Sentence::Argument(Sentence::tr("A jump host on the way to {0}", host)) : host;
    if (has(text, "REMOTE HOST IDENTIFICATION HAS CHANGED"))
        return {ErrorCode::NotPermitted,
                Sentence::tr("{0} is not the machine that it was: its host key is another one. Somebody may be "
                             "listening; or it was installed anew. Nothing goes on before whoever runs it has said "
                             "which. ssh says: {1}",
                             who, paragraphOf(text))};
    if (has(text, "Host key verification failed"))
        return {ErrorCode::NotPermitted,
                Sentence::tr("{0} has a host key that is not known here. Log in once with ssh {1} and compare it with "
                             "what whoever runs it says.",
                             who, host)};
    if (has(text, "please try again")) // a password that was typed
        return {ErrorCode::NotPermitted, Sentence::tr("{0} lets nobody in with what was typed: {1}.", who, said)};
    if (has(text, "Permission denied")) {
        const Sentence refused = Sentence::tr("{0} lets nobody in with the keys there are: {1}.", who, said);
        return {ErrorCode::NotPermitted,
                std::getenv("SSH_AUTH_SOCK")
                    ? refused
                    : refused + Sentence::tr("No agent has keys here: SSH_AUTH_SOCK is not set.")};
    }
    if (said.empty())
        return {ErrorCode::SomeFailed, Sentence::tr("ssh to {0} has ended without a word.", host)};
    return {ErrorCode::SomeFailed, Sentence::tr("ssh to {0}: {1}.", host, said)};
}

int exitCodeOf(const FarEnding& ending) {
    return WIFEXITED(ending.status) ? WEXITSTATUS(ending.status) : kOfSsh;
}

Sentence thereIsNone(const std::string& host, FarProgram program) {
    const std::string version(kVersion);
    if (program == FarProgram::Ss)
        return Sentence::tr(
            "There is neither halfopenctl nor ss (of iproute2) on {0}, or not where a command over ssh "
            "finds them (its PATH is not that of a login). Install the package halfopen-tools there, of "
            "version {1}.",
            host, version);
    return Sentence::tr("There is no halfopenctl on {0}, or not where a command over ssh finds it (its PATH is "
                        "not that of a login). Install the package halfopen-tools there, of version {1}.",
                        host, version);
}

} // namespace

std::string lastLine(std::string_view text) {
    text = trimmed(text);
    return std::string(trimmed(text.substr(text.rfind('\n') + 1))); // npos + 1 is 0
}

bool isMissing(const FarEnding& ending) {
    return !ending.begun && (exitCodeOf(ending) == kNoCommand || exitCodeOf(ending) == kNotRunnable);
}

Error errorOf(const FarEnding& ending, const std::string& host, FarProgram program) {
    const int code = exitCodeOf(ending);
    const std::string said = lastWords(ending);
    if (ending.begun)
        return {ErrorCode::Unreadable, said.empty() ? Sentence::tr("The connection to {0} is lost.", host)
                                                    : Sentence::tr("The connection to {0} is lost: {1}.", host, said)};
    switch (code) {
    case kNoCommand:
    case kNotRunnable:
        return {ErrorCode::NotSupported, thereIsNone(host, program) + itSaid(said)};
    case kUsage:
        return {ErrorCode::NotSupported,
                Sentence::tr("halfopenctl on {0} does not know what it is asked for: it is older than this one ({1}).",
                             host, std::string(kVersion)) +
                    itSaid(said)};
    case kOfSsh:
        return refusedBySsh(ending, host);
    default:
        return {code == kNotPermitted ? ErrorCode::NotPermitted : ErrorCode::SomeFailed,
                Sentence::tr("No halfopenctl has answered on {0}: what was run there has ended ({1}).", host, code) +
                    itSaid(said)};
    }
}

Error silenceOf(const FarEnding& ending, const std::string& host, std::chrono::seconds waited) {
    const std::string said = lastWords(ending);
    if (ending.begun)
        return {ErrorCode::Unreadable, Sentence::tr("Nothing comes from {0} any more.", host)};
    if (said.empty())
        return {ErrorCode::Unreadable, Sentence::tr("Nothing has come from {0} within {1} s.", host, waited.count())};
    return {ErrorCode::Unreadable,
            Sentence::tr("No halfopenctl has answered on {0} within {1} s.", host, waited.count()) + itSaid(said)};
}

} // namespace halfopen::stream
