// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ctl/command.h"

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

namespace halfopen::test {

/// A real sshd on loopback of the test's own network, and what a person has who may log in there by the name "far":
/// a key, a known host, an ssh in PATH that reads a configuration of the test's own.
class SshServer {
public:
    /// What is not as usual over there.
    struct Far {
        std::string path;       ///< where commands are looked for; "": where halfopenctl is
        std::string saysBefore; ///< by the shell, before any command
        std::string forced;     ///< command="..." of the key
    };
    /// Why no sshd can be run here; nullopt: it can.
    static std::optional<std::string> whyNot();

    SshServer();
    ~SshServer();
    SshServer(const SshServer&) = delete;
    SshServer& operator=(const SshServer&) = delete;

    /// Starts it anew. @return why it does not listen; ""
    std::string start(const Far& far = {});
    /// Runs halfopenctl with this ssh in its PATH.
    Outcome ctl(std::vector<std::string> words) const;
    /// The same for a script of bash.
    Outcome bash(const std::string& script) const;

    /// What is written there stands in ssh's configuration for "far", and for "jump", another name of the same machine.
    void configure(const std::string& more) const;
    void forgetHost() const;      ///< its key is not known any more
    void changeKnownHost() const; ///< another key is known
    /// In place of ssh(1) here.
    void replaceSsh(const std::string& script) const;
    /// A program of this name over there. @return the directory that it is in
    std::string program(const std::string& name, const std::string& script) const;
    const std::filesystem::path& directory() const { return m_directory; }

private:
    Setup setup() const;
    void stop();
    void writeServerConfig(const Far& far) const;

    std::filesystem::path m_directory;
    std::uint16_t m_port = 0;
    pid_t m_pid = 0;
};

} // namespace halfopen::test
