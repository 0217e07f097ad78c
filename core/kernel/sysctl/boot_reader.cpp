// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/boot_reader.h"

#include "core/kernel/netns/netns_id.h"
#include "core/kernel/sysctl/boot_services.h"
#include "core/kernel/sysctl/sysctl_lines.h"
#include "core/model/contexts.h"

#include <fmt/format.h>
#include <unistd.h>

#include <sys/stat.h>

#include <algorithm>
#include <array>
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
                take(parseSysctlLine(std::string_view(word).substr(kPrefix.size())), kCommandLine, 0);
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

    void readServices() {
        ServiceLines lines;
        readUfw(m_root, lines);
        readTuned(m_root, lines);
        m_found.unreadable.insert(m_found.unreadable.end(), lines.unreadable.begin(), lines.unreadable.end());
        m_onlyProcps = false;
        for (const ServiceLine& line : lines.lines) {
            m_by = line.by;
            m_yields = line.yields;
            take(line.line, line.file, line.number);
        }
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
            take(parseSysctlLine(line), path, number);
    }

    void take(const std::optional<SysctlLine>& line, const std::string& path, unsigned number) {
        if (!line)
            return;
        for (const SettingInfo& info : allSettings()) {
            if (!concerns(*line, info))
                continue;
            if (line->exclusion)
                m_excluded.push_back(info.id);
            else
                m_found.assignments.push_back({info.id, path, number, line->text, kernelNumber(line->text),
                                               isPattern(line->key), m_onlyProcps, m_by, m_yields});
        }
    }

    std::string m_root;
    BootConfiguration m_found;
    std::vector<std::string> m_read;
    std::vector<Setting> m_excluded;
    bool m_onlyProcps = false;
    AppliedBy m_by = AppliedBy::Boot;
    bool m_yields = false;
};

NetnsId netnsOf(const std::string& process) {
    struct stat status {};
    return ::stat((process + "/net/stat").c_str(), &status) == 0 ? status.st_ino : 0;
}

/// In another namespace than the first one files are applied by systemd alone, booted in there (sd_booted(3)).
bool isBootedHere(const std::string& root) {
    if (isFirstNetns(root))
        return true;
    const NetnsId inits = netnsOf(root + "/proc/1");
    return inits != 0 && inits == netnsOf(root + "/proc/thread-self") &&
           ::access((root + "/run/systemd/system").c_str(), F_OK) == 0;
}

} // namespace

BootConfiguration readBootConfigurationHere(const std::string& root) {
    return isBootedHere(root) ? readBootConfiguration(root) : BootConfiguration{};
}

BootConfiguration readBootConfiguration(const std::string& root) {
    Reader reader(root);
    reader.readCommandLine();
    reader.readDirectories();
    reader.readProcpsFile();
    reader.readServices();
    return std::move(reader).take();
}

} // namespace halfopen
