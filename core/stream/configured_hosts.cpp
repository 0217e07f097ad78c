// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/configured_hosts.h"

#include "core/stream/far_command.h"

#include <glob.h>
#include <strings.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string_view>

namespace halfopen::stream {

namespace {

constexpr int kMostDepth = 16; ///< of Include, as ssh has it (readconf.c, READCONF_MAX_DEPTH)
constexpr std::size_t kMostHosts = 2000;

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/// The words of a line, a '=' between the first two of them left out. Quotes belong around whole words.
std::vector<std::string> wordsOf(std::string_view line) {
    std::vector<std::string> words;
    while (!line.empty()) {
        if (isBlank(line.front()) || (line.front() == '=' && words.size() == 1)) {
            line.remove_prefix(1);
            continue;
        }
        const bool quoted = line.front() == '"';
        if (quoted)
            line.remove_prefix(1);
        const auto end = std::ranges::find_if(
            line, [&](char c) { return quoted ? c == '"' : isBlank(c) || (c == '=' && words.empty()); });
        words.emplace_back(line.begin(), end);
        line.remove_prefix(static_cast<std::size_t>(end - line.begin()));
        if (quoted && !line.empty())
            line.remove_prefix(1);
    }
    return words;
}

bool isPattern(std::string_view word) {
    return word.find_first_of("*?!") != std::string_view::npos;
}

class Reader {
public:
    /// @param folder  that names of Include are relative to
    void read(const std::filesystem::path& file, const std::filesystem::path& folder, int depth = 0) {
        std::ifstream stream(file);
        for (std::string line; std::getline(stream, line);)
            take(wordsOf(line), folder, depth);
    }
    std::vector<std::string> hosts;

private:
    void take(const std::vector<std::string>& words, const std::filesystem::path& folder, int depth) {
        if (words.empty())
            return;
        const bool names = strcasecmp(words[0].c_str(), "host") == 0;
        const bool includes = strcasecmp(words[0].c_str(), "include") == 0 && depth < kMostDepth;
        for (std::size_t at = 1; at < words.size(); ++at) {
            if (names)
                add(words[at]);
            if (includes)
                include(words[at], folder, depth);
        }
    }

    void add(const std::string& host) {
        if (!isPattern(host) && checkHost(host) && hosts.size() < kMostHosts && std::ranges::count(hosts, host) == 0)
            hosts.push_back(host);
    }

    void include(const std::string& pattern, const std::filesystem::path& folder, int depth) {
        const bool whole = pattern.starts_with('/') || pattern.starts_with('~');
        glob_t found{};
        if (::glob(whole ? pattern.c_str() : (folder / pattern).c_str(), GLOB_TILDE, nullptr, &found) == 0)
            for (std::size_t at = 0; at < found.gl_pathc; ++at)
                read(found.gl_pathv[at], folder, depth + 1);
        ::globfree(&found);
    }
};

} // namespace

std::vector<std::string> configuredHosts(const std::filesystem::path& user, const std::filesystem::path& system) {
    Reader reader;
    reader.read(user / "config", user);
    reader.read(system / "ssh_config", system);
    return std::move(reader.hosts);
}

std::vector<std::string> configuredHosts() {
    const char* home = std::getenv("HOME");
    return configuredHosts(std::filesystem::path(home ? home : "/") / ".ssh", "/etc/ssh");
}

} // namespace halfopen::stream
