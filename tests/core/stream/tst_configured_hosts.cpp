// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/configured_hosts.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace halfopen::stream {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ConfiguredHosts : public testing::Test {
protected:
    ConfiguredHosts() {
        std::string name = (std::filesystem::temp_directory_path() / "halfopen-hosts-XXXXXX").string();
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
        for (const char* part : {"user", "system", "user/more"})
            std::filesystem::create_directory(folder / part);
    }
    ~ConfiguredHosts() override { std::filesystem::remove_all(folder); }
    void write(const char* file, const std::string& text) const { std::ofstream(folder / file) << text; }
    std::vector<std::string> found() const { return configuredHosts(folder / "user", folder / "system"); }

    std::filesystem::path folder;
};

TEST_F(ConfiguredHosts, areNamesAndNoPatterns) {
    EXPECT_THAT(found(), IsEmpty()) << "there is no file";
    write("user/config", "Host db7 db8\n  HostName 192.0.2.7\nhost=web1\nHOST \"two words\" \"quoted\" \r\n"
                         "Host *.example !bad old? *\n# Host none\nMatch host db9\nHost -oProxyCommand=id\nHost db7\n");
    write("system/ssh_config", "Host gate\nHost *\n");
    EXPECT_THAT(found(), ElementsAre("db7", "db8", "web1", "quoted", "gate"));
}

TEST_F(ConfiguredHosts, areThoseOfIncludedFilesToo) {
    write("user/config", "Include more/*.conf\nHost last\n");
    write("user/more/a.conf", "Host a\n");
    write("user/more/b.conf", "Host b\nInclude config\n"); // and so on for ever
    write("user/more/c", "Host c\n");
    write("system/ssh_config", "Include " + (folder / "user/more/c").string() + "\n");
    EXPECT_THAT(found(), ElementsAre("a", "b", "last", "c"));
}

} // namespace
} // namespace halfopen::stream
