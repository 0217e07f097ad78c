// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/boot_services.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

namespace halfopen {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostIncludes = 16;
constexpr std::array kProfileFolders{"/etc/tuned/profiles", "/etc/tuned", "/usr/lib/tuned/profiles", "/usr/lib/tuned"};

/// Calls `take(line, number)` for every line. @return false where it is there and cannot be read
bool forEachLine(const std::string& path, const std::function<void(std::string_view, unsigned)>& take) {
    std::error_code error;
    if (!fs::exists(path, error))
        return !error;
    std::ifstream file(path);
    if (!file)
        return false;
    std::string line;
    for (unsigned number = 1; std::getline(file, line); ++number)
        take(line, number);
    return true;
}

std::string_view unquoted(std::string_view text) {
    text = trimmed(text);
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
        return text.substr(1, text.size() - 2);
    return text;
}

/// "key = value"; nullopt for comments and all else
std::optional<std::pair<std::string, std::string>> parsePair(std::string_view line) {
    line = trimmed(line);
    const auto equals = line.find('=');
    if (line.empty() || line.front() == '#' || line.front() == ';' || equals == std::string_view::npos)
        return std::nullopt;
    std::string_view value = line.substr(equals + 1);
    if (const auto comment = value.find(" #"); comment != std::string_view::npos)
        value = value.substr(0, comment);
    return std::pair(std::string(trimmed(line.substr(0, equals))), std::string(unquoted(value)));
}

/// The last value of a key in a file of such pairs, sections aside; nullopt where there is none.
std::optional<std::string> valueIn(const std::string& path, std::string_view key, bool& readable) {
    std::optional<std::string> found;
    readable = forEachLine(path, [&](std::string_view line, unsigned) {
        if (auto pair = parsePair(line); pair && pair->first == key)
            found = std::move(pair->second);
    });
    return found;
}

std::vector<std::string> words(std::string text) {
    std::ranges::replace_if(
        text, [](char letter) { return letter == ',' || letter == ';'; }, ' ');
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

/// A part of a profile: "[name]" and its pairs.
struct Section {
    std::map<std::string, std::string> options; ///< type, enabled, replace, include
    std::vector<ServiceLine> lines;
};

bool isOption(const std::string& key) {
    return key == "type" || key == "enabled" || key == "replace" || key == "include" || key == "devices" ||
           key == "priority";
}

bool isOn(const std::string& text) {
    return text == "1" || text == "true" || text == "True" || text == "yes";
}

class Profiles {
public:
    Profiles(const std::string& root, ServiceLines& lines, bool yields)
        : m_root(root)
        , m_lines(lines)
        , m_yields(yields) {}

    void read(const std::string& name) {
        for (const char* folder : kProfileFolders) {
            const std::string file = std::string(folder) + "/" + name + "/tuned.conf";
            std::error_code error;
            if (name.find('/') == std::string::npos && fs::exists(m_root + file, error) &&
                m_seen.size() < kMostIncludes && m_seen.insert(file).second)
                return readFile(file);
        }
    }
    std::vector<ServiceLine> take() { return std::move(m_found); }

private:
    void readFile(const std::string& file) {
        std::map<std::string, Section> sections;
        std::string name;
        const bool readable = forEachLine(m_root + file, [&](std::string_view text, unsigned number) {
            const std::string_view line = trimmed(text);
            if (line.starts_with('[') && line.ends_with(']'))
                name = line.substr(1, line.size() - 2);
            else if (auto pair = parsePair(line); pair && isOption(pair->first))
                sections[name].options[pair->first] = pair->second;
            else if (pair)
                if (auto parsed = parseSysctlLine(pair->first + "=" + pair->second))
                    sections[name].lines.push_back({std::move(*parsed), file, number, AppliedBy::Tuned, m_yields});
        });
        if (!readable)
            m_lines.unreadable.push_back(file);
        for (const std::string& included :
             words(sections["main"].options["include"])) // below, so that it is overridden
            read(included);
        for (auto& [section, content] : sections)
            apply(section, content);
    }

    void apply(const std::string& name, Section& section) {
        const std::string type = section.options.contains("type") ? section.options["type"] : name;
        if (type != "sysctl")
            return;
        if (isOn(section.options["replace"]))
            m_found.clear();
        if (!section.options.contains("enabled") || isOn(section.options["enabled"]))
            m_found.insert(m_found.end(), section.lines.begin(), section.lines.end());
    }

    const std::string& m_root;
    ServiceLines& m_lines;
    bool m_yields;
    std::set<std::string> m_seen;
    std::vector<ServiceLine> m_found;
};

} // namespace

void readUfw(const std::string& root, ServiceLines& lines) {
    constexpr const char* kDefaults = "/etc/default/ufw";
    bool readable = true;
    const auto enabled = valueIn(root + "/etc/ufw/ufw.conf", "ENABLED", readable);
    if (enabled && *enabled != "yes")
        return;
    const auto file = valueIn(root + kDefaults, "IPT_SYSCTL", readable);
    if (!readable)
        lines.unreadable.emplace_back(kDefaults);
    if (!file || !file->starts_with('/'))
        return;
    const bool read = forEachLine(root + *file, [&](std::string_view line, unsigned number) {
        if (auto parsed = parseSysctlLine(line))
            lines.lines.push_back({std::move(*parsed), *file, number, AppliedBy::Ufw, false});
    });
    if (!read)
        lines.unreadable.push_back(*file);
}

void readTuned(const std::string& root, ServiceLines& lines) {
    bool readable = true;
    const auto reapply = valueIn(root + "/etc/tuned/tuned-main.conf", "reapply_sysctl", readable);
    Profiles profiles(root, lines, reapply && isOn(*reapply));
    const bool active = forEachLine(root + "/etc/tuned/active_profile", [&](std::string_view line, unsigned) {
        for (const std::string& name : words(std::string(line)))
            profiles.read(name);
    });
    if (!active)
        lines.unreadable.emplace_back("/etc/tuned/active_profile");
    const auto found = profiles.take();
    lines.lines.insert(lines.lines.end(), found.begin(), found.end());
}

} // namespace halfopen
