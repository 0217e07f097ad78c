// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/process_about.h"

#include "core/kernel/process/cgroup.h"
#include "core/kernel/process/descriptor_walk.h"
#include "core/kernel/process/program_reader.h"
#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string_view>
#include <utility>

namespace halfopen {

namespace {

/// Where the process may be looked into but not what it runs, there is no name of its file.
ProgramPtr readProgram(int descriptors) {
    std::array<char, 4096> path;
    const ssize_t length = readlinkat(descriptors, "../exe", path.data(), path.size());
    const std::string_view executable(path.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    return std::make_shared<const Program>(programOf(executable, textOf(descriptors, "../cmdline", path.size())));
}

} // namespace

std::string textOf(int directory, const char* path, std::size_t most) {
    std::string text;
    std::array<char, 4096> buffer;
    const UniqueFd file(openat(directory, path, O_RDONLY | O_CLOEXEC));
    while (file && text.size() < most) {
        const ssize_t size = read(file.get(), buffer.data(), buffer.size());
        if (size <= 0)
            break;
        text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
}

ProcessAbout readProcessAbout(int directory) {
    std::string comm = textOf(directory, "../comm", 64);
    if (comm.ends_with('\n')) // its own, as proc(5) has it; a name can have more (PR_SET_NAME)
        comm.pop_back();
    return {std::move(comm), readProcessUnit(directory, "../cgroup"), readProgram(directory)};
}

std::vector<std::uint32_t> readRing(int directory, const std::string& descriptor) {
    constexpr std::size_t kMostOfRing = 1024 * 1024; // some 40,000 registered files
    return registeredSockets(textOf(directory, ("../fdinfo/" + descriptor).c_str(), kMostOfRing));
}

} // namespace halfopen
