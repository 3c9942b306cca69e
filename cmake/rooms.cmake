# yi_room(base SOURCES a.cpp b.cpp DEPS yi_base PkgConfig::X): one static library a room, named yi_<room>.
# Files of a room include each other and lower rooms by "room/file.h".
function(yi_room name)
  cmake_parse_arguments(R "" "" "SOURCES;DEPS" ${ARGN})
  add_library(yi_${name} STATIC ${R_SOURCES})
  target_include_directories(yi_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(yi_${name} PUBLIC ${R_DEPS})
endfunction()

# yi_test(base_fast_test TIER fast SOURCES x_test.cpp DEPS yi_base): TIER is fast (all of them end in a minute
# together) or full (./test). Tests run with the repository as working directory; tests that touch ports or
# measure time give SERIAL.
function(yi_test name)
  cmake_parse_arguments(T "SERIAL" "TIER;TIMEOUT" "SOURCES;DEPS" ${ARGN})
  if(NOT T_TIER MATCHES "^(fast|full)$")
    message(FATAL_ERROR "${name}: every test names its tier, fast or full")
  endif()
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 300)
  endif()
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE ${T_DEPS} GTest::gtest GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE YI_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${T_TIER} TIMEOUT ${T_TIMEOUT})
  if(T_SERIAL)
    set_tests_properties(${name} PROPERTIES RUN_SERIAL TRUE)
  endif()
endfunction()
