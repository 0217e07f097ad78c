// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/far_command.h"

#include "core/kernel/unique_fd.h"
#include "core/stream/compression.h"
#include "core/stream/ss_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace halfopen::stream {

namespace {

bool isOrdinary(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._:/@-+,=").find(c) != std::string_view::npos;
}

bool isBlankOrControl(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 0x7f;
}

std::string_view variable(const char* name) {
    const char* const value = std::getenv(name);
    return value ? value : "";
}

bool hasAskpass() {
    static constexpr const char* kUsual[] = {"/usr/bin/ssh-askpass", "/usr/libexec/openssh/ssh-askpass",
                                             "/usr/lib/ssh/ssh-askpass", "/usr/libexec/ssh-askpass"};
    const auto isThere = [](const char* program) { return ::access(program, X_OK) == 0; };
    return !variable("SSH_ASKPASS").empty() || std::ranges::any_of(kUsual, isThere);
}

bool mayAskByProgram() {
    const std::string_view require = variable("SSH_ASKPASS_REQUIRE");
    const bool display = !variable("DISPLAY").empty() || !variable("WAYLAND_DISPLAY").empty();
    return require != "never" && (display || require == "force") && hasAskpass();
}

} // namespace

Asking askingHere() {
    const UniqueFd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    return terminal || mayAskByProgram() ? Asking::May : Asking::Never;
}

bool isPlainWord(std::string_view word) {
    return !word.empty() && word.front() != '-' && std::ranges::all_of(word, isOrdinary);
}

/// ssh itself refuses what a shell would take in the name of a user or a host, where a command is made of it.
Result<void> checkHost(std::string_view host) {
    constexpr std::size_t kMost = 1024;
    if (host.empty() || host.size() > kMost || host.front() == '-' || std::ranges::any_of(host, isBlankOrControl))
        return failure(ErrorCode::Usage, Sentence::tr("'{0}' is no name of a machine.", host));
    return {};
}

Sentence cannotBeAsked(const std::string& netns) {
    return Sentence::tr("'{0}' cannot be asked for on another machine: give the namespace by a name of letters and "
                        "digits, or by cookie:N.",
                        netns);
}

std::vector<std::string> farCommand(const FarRequest& request, std::string_view nonce, Asking asking, bool shared,
                                    FarProgram program) {
    std::vector<std::string> words;
    if (asking == Asking::May && !request.askedBy.empty())
        words = {"SSH_ASKPASS=" + request.askedBy, "SSH_ASKPASS_REQUIRE=force",
                 std::string(kAskedBy) + "=" + request.askedAs};
    words.insert(words.end(), {"ssh", "-T"});
    for (const char* option :
         {"RequestTTY=no", "RemoteCommand=none", "ForwardAgent=no", "ForwardX11=no", "ClearAllForwardings=yes",
          "PermitLocalCommand=no", "ConnectTimeout=10", "ServerAliveInterval=5", "ServerAliveCountMax=3"})
        words.insert(words.end(), {"-o", option});
    if (asking == Asking::Never)
        words.insert(words.end(), {"-o", "BatchMode=yes"});
    if (!shared)
        words.insert(words.end(), {"-o", "ControlPath=none"});
    words.insert(words.end(), {"--", request.host});
    if (program == FarProgram::Ss) {
        words.push_back(ssCommand(nonce));
        return words;
    }
    words.insert(words.end(), {"halfopenctl", "stream", "--nonce", std::string(nonce), "--interval",
                               fmt::format("{}ms", request.interval.count())});
    if (hasZstd())
        words.emplace_back("--zstd");
    if (request.owners)
        words.emplace_back("--owners");
    if (request.once)
        words.emplace_back("--once");
    if (!request.netns.empty())
        words.insert(words.end(), {"--netns", request.netns});
    return words;
}

} // namespace halfopen::stream
