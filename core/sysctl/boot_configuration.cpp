// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sysctl/boot_configuration.h"

#include "core/sysctl/drop_in.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

namespace halfopen {
namespace {

namespace fs = std::filesystem;

constexpr std::array kDirectories{"/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d",
                                  "/lib/sysctl.d"};
constexpr const char* kProcpsFile = "/etc/sysctl.conf";
constexpr const char* kCommandLine = "/proc/cmdline";

/// One line of a sysctl file.
struct Line {
    std::string key; ///< with slashes: "net/ipv4/tcp_keepalive_time"; may be a glob
    std::string text;
    bool exclusion = false; ///< "-key" alone: no glob touches the key
};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// sysctl.d(5): if the first separator is a dot, dots and slashes change places.
std::string slashed(std::string_view key) {
    std::string path(key);
    const auto first = path.find_first_of("./");
    if (first == std::string::npos || path[first] == '/')
        return path;
    for (char& letter : path)
        letter = letter == '.' ? '/' : letter == '/' ? '.' : letter;
    return path;
}

/// @return nullopt for comments, blank lines and lines that set nothing
std::optional<Line> parseLine(std::string_view line) {
    line = trimmed(line);
    if (line.empty() || line.front() == '#' || line.front() == ';')
        return std::nullopt;
    const bool dash = line.front() == '-'; // with a "=": a failure to set it is ignored; it is set all the same
    if (dash)
        line.remove_prefix(1);
    const auto equals = line.find('=');
    if (equals != std::string_view::npos)
        return Line{slashed(trimmed(line.substr(0, equals))), std::string(trimmed(line.substr(equals + 1))), false};
    if (dash)
        return Line{slashed(trimmed(line)), {}, true};
    return std::nullopt;
}

/// The kernel takes 0x and a leading 0 as C does (kernel/sysctl.c, strtoul_lenient), and so do we when we say what a
/// file sets.
std::optional<std::int32_t> kernelNumber(const std::string& text) {
    char* end = nullptr;
    errno = 0;
    const long long value = std::strtoll(text.c_str(), &end, 0);
    if (text.empty() || text.front() == '+' || *end != '\0' || errno != 0 || value < INT32_MIN || value > INT32_MAX)
        return std::nullopt;
    return static_cast<std::int32_t>(value);
}

bool isPattern(const std::string& key) {
    return key.find_first_of("*?[") != std::string::npos;
}

bool concerns(const Line& line, const SettingInfo& info) {
    const std::string name = fmt::format("net/ipv4/{}", info.name);
    return isPattern(line.key) ? ::fnmatch(line.key.c_str(), name.c_str(), FNM_PATHNAME) == 0 : line.key == name;
}

class Reader {
public:
    explicit Reader(const std::string& root)
        : m_root(root) {}

    void readCommandLine() {
        constexpr std::string_view kPrefix = "sysctl.";
        std::ifstream file(m_root + kCommandLine);
        std::string word;
        while (file >> word)
            if (word.starts_with(kPrefix))
                take(parseLine(std::string_view(word).substr(kPrefix.size())), kCommandLine, 0);
    }

    void readDirectories() {
        std::map<std::string, std::string> files; // name -> path; the first directory wins
        for (const char* directory : kDirectories) {
            std::error_code error; // a directory that is not there holds nothing
            for (const auto& entry : fs::directory_iterator(m_root + directory, error)) {
                const std::string name = entry.path().filename().string();
                if (name.ends_with(".conf"))
                    files.emplace(name, fmt::format("{}/{}", directory, name));
            }
        }
        for (const auto& [name, path] : files)
            readFile(path);
    }

    /// Debian links /etc/sysctl.d/99-sysctl.conf to it: then it was read already.
    void readProcpsFile() {
        const auto isTheSame = [this](const std::string& path) {
            std::error_code error;
            return fs::equivalent(m_root + path, m_root + kProcpsFile, error);
        };
        std::error_code error;
        m_onlyProcps = true;
        if (fs::exists(m_root + kProcpsFile, error) && std::none_of(m_read.begin(), m_read.end(), isTheSame))
            readFile(kProcpsFile);
    }

    BootConfiguration take() && {
        std::erase_if(m_found.assignments, [this](const SysctlAssignment& one) {
            return one.pattern && std::find(m_excluded.begin(), m_excluded.end(), one.setting) != m_excluded.end();
        });
        return std::move(m_found);
    }

private:
    void readFile(const std::string& path) {
        std::error_code error;
        if (fs::is_symlink(m_root + path, error) && fs::read_symlink(m_root + path, error) == "/dev/null")
            return; // masked, sysctl.d(5)
        std::ifstream file(m_root + path);
        if (!file) {
            m_found.unreadable.push_back(path);
            return;
        }
        m_read.push_back(path);
        std::string line;
        for (unsigned number = 1; std::getline(file, line); ++number)
            take(parseLine(line), path, number);
    }

    void take(const std::optional<Line>& line, const std::string& path, unsigned number) {
        if (!line)
            return;
        for (const SettingInfo& info : allSettings()) {
            if (!concerns(*line, info))
                continue;
            if (line->exclusion)
                m_excluded.push_back(info.id);
            else
                m_found.assignments.push_back(
                    {info.id, path, number, line->text, kernelNumber(line->text), isPattern(line->key), m_onlyProcps});
        }
    }

    std::string m_root;
    BootConfiguration m_found;
    std::vector<std::string> m_read;
    std::vector<Setting> m_excluded;
    bool m_onlyProcps = false;
};

bool readsFile(BootReader reader, const SysctlAssignment& assignment) {
    return reader == BootReader::Procps || !assignment.onlyProcps;
}

bool comesAfterDropIn(const SysctlAssignment& assignment) {
    if (assignment.pattern || assignment.line == 0)
        return false; // the drop-in names its settings, and the kernel's command line comes first
    return assignment.onlyProcps || fs::path(assignment.file).filename().string() > kDropInName;
}

} // namespace

std::optional<SysctlAssignment> BootConfiguration::winner(Setting setting, BootReader reader) const {
    const SysctlAssignment* best = nullptr;
    for (const SysctlAssignment& one : assignments)
        if (one.setting == setting && readsFile(reader, one) && (best == nullptr || best->pattern || !one.pattern))
            best = &one;
    return best == nullptr ? std::nullopt : std::optional(*best);
}

BootConfiguration readBootConfiguration(const std::string& root) {
    Reader reader(root);
    reader.readCommandLine();
    reader.readDirectories();
    reader.readProcpsFile();
    return std::move(reader).take();
}

std::vector<SysctlAssignment> overridesOfDropIn(const BootConfiguration& configuration) {
    std::vector<SysctlAssignment> found;
    for (const SettingInfo& info : allSettings()) {
        if (!info.writable)
            continue;
        for (const BootReader reader : {BootReader::Systemd, BootReader::Procps}) {
            const auto winner = configuration.winner(info.id, reader);
            if (winner && comesAfterDropIn(*winner) && (found.empty() || found.back() != *winner))
                found.push_back(*winner);
        }
    }
    return found;
}

SettingOrigin originOf(Setting setting, std::int32_t inEffect, const BootConfiguration& configuration) {
    const auto bySystemd = configuration.winner(setting, BootReader::Systemd);
    const auto byProcps = configuration.winner(setting, BootReader::Procps);
    for (const auto& winner : {bySystemd, byProcps})
        if (winner && winner->value == inEffect)
            return {SettingOrigin::Kind::File, winner};
    if (!configuration.unreadable.empty())
        return {SettingOrigin::Kind::Unknown, byProcps};
    if (!byProcps && inEffect == settingInfo(setting).kernelDefault)
        return {SettingOrigin::Kind::KernelDefault, std::nullopt};
    return {SettingOrigin::Kind::ByHand, byProcps};
}

std::string describe(const SysctlAssignment& assignment) {
    return assignment.line == 0 ? assignment.file : fmt::format("{}:{}", assignment.file, assignment.line);
}

std::string describe(const SettingOrigin& origin) {
    switch (origin.kind) {
    case SettingOrigin::Kind::KernelDefault:
        return "kernel default";
    case SettingOrigin::Kind::File:
        return describe(*origin.assignment);
    case SettingOrigin::Kind::ByHand:
        if (!origin.assignment)
            return "set since boot";
        return fmt::format("set since boot ({} sets {} at boot)", describe(*origin.assignment),
                           origin.assignment->text);
    case SettingOrigin::Kind::Unknown:
        break;
    }
    return "not known: a configuration file could not be read";
}

} // namespace halfopen
