// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/ssh_server.h"

#include "tests/core/processes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <sys/prctl.h>
#include <sys/wait.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace halfopen::test {

namespace {

constexpr const char* kServer = "/usr/sbin/sshd";

void write(const std::filesystem::path& file, const std::string& text, mode_t mode = 0644) {
    std::ofstream(file) << text;
    ::chmod(file.c_str(), mode);
}

std::string textOf(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// A port that nobody listens on, of a network of one's own.
std::uint16_t freePort() {
    const Loopback taken;
    return ntohs(taken.address.sin_port);
}

} // namespace

std::optional<std::string> SshServer::whyNot() {
    if (!isRoot())
        return "sshd lets others than root log in as themselves alone";
    if (::access(kServer, X_OK) != 0)
        return "openssh-server is not installed";
    return std::nullopt;
}

SshServer::SshServer() {
    if (whyNot())
        return;
    std::string name = (std::filesystem::temp_directory_path() / "halfopen-ssh-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    m_directory = name;
    m_port = freePort();
    for (const char* key : {"host", "other", "user"})
        EXPECT_EQ(
            run({"/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", (m_directory / key).string()}).exitCode,
            0);
    write(m_directory / "ssh", fmt::format("#!/bin/sh\nexec /usr/bin/ssh -F {}/config \"$@\"\n", name), 0755);
    write(m_directory / "known", fmt::format("[127.0.0.1]:{} {}", m_port, textOf(m_directory / "host.pub")));
    configure("");
    std::error_code exists;
    std::filesystem::create_directory("/run/sshd", exists);
}

SshServer::~SshServer() {
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(m_directory, ignored);
}

void SshServer::configure(const std::string& more) const {
    write(m_directory / "config",
          fmt::format(
              "Host far jump\n HostName 127.0.0.1\n Port {1}\n User root\n IdentityFile {0}/user\n IdentitiesOnly "
              "yes\n UserKnownHostsFile {0}/known\n GlobalKnownHostsFile /dev/null\n UpdateHostKeys no\n{2}",
              m_directory.string(), m_port, more));
}

void SshServer::forgetHost() const {
    write(m_directory / "known", "");
}

void SshServer::changeKnownHost() const {
    write(m_directory / "known", fmt::format("[127.0.0.1]:{} {}", m_port, textOf(m_directory / "other.pub")));
}

void SshServer::replaceSsh(const std::string& script) const {
    write(m_directory / "ssh", "#!/bin/sh\n" + script + "\n", 0755);
}

std::string SshServer::program(const std::string& name, const std::string& script) const {
    const auto folder = m_directory / "far-bin";
    std::filesystem::create_directory(folder);
    write(folder / name, "#!/bin/bash\n" + script + "\n", 0755);
    return folder.string();
}

void SshServer::writeServerConfig(const Far& far) const {
    const std::string folder = std::filesystem::path(kProgram).parent_path().string();
    std::error_code exists;
    std::filesystem::create_directory(m_directory / "home", exists);
    write(m_directory / "home/.bashrc",
          far.saysBefore.empty() ? "" : fmt::format("printf '%s\\n' '{}'\n", far.saysBefore));
    write(m_directory / "keys",
          (far.forced.empty() ? std::string() : fmt::format("restrict,command=\"{}\" ", far.forced)) +
              textOf(m_directory / "user.pub"));
    write(
        m_directory / "sshd_config",
        fmt::format("ListenAddress 127.0.0.1:{1}\nHostKey {0}/host\nAuthorizedKeysFile {0}/keys\nPidFile none\nUsePAM "
                    "no\nStrictModes no\nPermitRootLogin yes\nSetEnv PATH={2}:/usr/bin:/bin "
                    "HOME={0}/home\n",
                    m_directory.string(), m_port, far.path.empty() ? folder : far.path));
}

/// It says on stderr when it listens.
std::string SshServer::start(const Far& far) {
    stop();
    writeServerConfig(far);
    int err[2];
    EXPECT_EQ(::pipe2(err, O_CLOEXEC), 0);
    m_pid = ::fork();
    if (m_pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(err[1], STDERR_FILENO);
        ::execl(kServer, kServer, "-D", "-e", "-f", (m_directory / "sshd_config").c_str(), nullptr);
        ::_exit(127);
    }
    ::close(err[1]);
    std::string said;
    std::array<char, 1024> buffer;
    ssize_t size = 0;
    while (said.find("Server listening") == std::string::npos &&
           (size = ::read(err[0], buffer.data(), buffer.size())) > 0)
        said.append(buffer.data(), static_cast<std::size_t>(size));
    const bool listens = said.find("Server listening") != std::string::npos;
    // What it says further goes nowhere, but must not block it.
    if (::fork() == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        while (::read(err[0], buffer.data(), buffer.size()) > 0) {
        }
        ::_exit(0);
    }
    ::close(err[0]);
    return listens ? "" : said;
}

void SshServer::stop() {
    if (m_pid <= 0)
        return;
    ::kill(m_pid, SIGKILL);
    ::waitpid(m_pid, nullptr, 0);
    m_pid = 0;
}

/// Without a terminal, on which ssh would ask.
Setup SshServer::setup() const {
    return {.inChild = [path = m_directory.string()] {
        ::setsid();
        ::setenv("PATH", (path + ":/usr/bin:/bin").c_str(), 1);
        for (const char* name : {"SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "DISPLAY", "WAYLAND_DISPLAY"})
            ::unsetenv(name);
    }};
}

Outcome SshServer::ctl(std::vector<std::string> words) const {
    return test::ctl(std::move(words), setup());
}

Outcome SshServer::bash(const std::string& script) const {
    return run({"/bin/bash", "-c", script}, setup());
}

} // namespace halfopen::test
