// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/terminal.h"

#include "app/halfopenctl/language.h"
#include "core/format/json.h"
#include "core/model/exit_code.h"
#include "core/text/foreign_text.h"

#include <fmt/format.h>
#include <unistd.h>

#include <sys/ioctl.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace halfopen::ctl {

namespace {

winsize windowSize() {
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size : winsize{};
}

} // namespace

void tellText(std::string_view text) {
    (void)!std::fwrite(text.data(), 1, text.size(), stderr); // fmt::print() would throw
}

void tell(const Sentence& sentence) {
    tellText(fmt::format("{}: {}\n", kProgram, harmless(say(sentence))));
}

int fail(const Error& error, bool json) {
    if (json)
        tellText(errorJson(error) + '\n');
    else
        tell(error.sentence);
    return exitCode(error.code);
}

bool StandardOutput::write(std::string_view text) {
    while (m_errno == 0 && !text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written >= 0)
            text.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            m_errno = errno;
    }
    return m_errno == 0;
}

bool StandardOutput::writeLine(std::string_view line) {
    return write(harmless(line) + '\n');
}

bool StandardOutput::writeLine(const Sentence& sentence) {
    return writeLine(std::string_view(say(sentence)));
}

bool StandardOutput::writeText(std::string_view lines) {
    return write(harmlessLines(lines));
}

int StandardOutput::finish(bool json) {
    if (m_errno == 0)
        return 0;
    if (m_errno == EPIPE)
        return 1;
    return fail({ErrorCode::SomeFailed, Sentence::tr("Cannot write the output: {0}.", Errno{m_errno})}, json);
}

std::size_t terminalWidth() {
    return windowSize().ws_col;
}
std::size_t terminalHeight() {
    return windowSize().ws_row;
}

bool wantsColour() {
    const char* term = std::getenv("TERM");
    const char* noColour = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) == 1 && !(noColour && *noColour) && !(term && std::string_view(term) == "dumb");
}

Result<std::uint64_t> parseCookie(std::string_view text) {
    std::string_view digits = text;
    if (digits.starts_with("0x") || digits.starts_with("0X"))
        digits.remove_prefix(2);
    std::uint64_t cookie = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), cookie, 16);
    if (error != std::errc() || end != digits.data() + digits.size() || digits.empty() || cookie == 0)
        return failure(ErrorCode::Usage,
                       Sentence::tr("'{0}' is not a socket cookie: give the hex number that list prints "
                                    "in its column Cookie (ss -e prints it as sk:).",
                                    text));
    return cookie;
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words)
        all += (all.empty() ? "" : " ") + word;
    return all;
}

} // namespace halfopen::ctl
